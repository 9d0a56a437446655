#pragma once
#include "../codec/half.h"

/// e^x without branches, so that loops over it vectorize; the argument is held within -87.3...88.7.
/// x = n ln 2 + r with |r| <= ln 2 / 2, in two steps so that r is exact to 2^-30; e^r by its Taylor series to the 7th power,
/// whose remainder is below 6e-9; 2^n by the exponent bits. Relative error below 4 u, u = 2^-24.
static inline float ew_exp(float x) {
  x = x < -87.3f ? -87.3f : x;
  x = x > 88.7f ? 88.7f : x;
  const float shifted = x * 0x1.715476p0f + 0x1.8p23f;
  const float n = shifted - 0x1.8p23f;
  const float r = (x - n * 0x1.62ep-1f) - n * 0x1.0bfbe8p-15f;
  float sum = 1.0f / 5040;
  sum = sum * r + 1.0f / 720;
  sum = sum * r + 1.0f / 120;
  sum = sum * r + 1.0f / 24;
  sum = sum * r + 1.0f / 6;
  sum = sum * r + 0.5f;
  sum = sum * r + 1;
  sum = sum * r + 1;
  // n reaches 128, so the power of two is applied in two halves.
  const int32_t exponent = (int32_t)(ew_bits_from_float(shifted) - 0x4b400000u);
  const int32_t half = exponent >> 1;
  return sum * ew_float_from_bits((uint32_t)(half + 127) << 23) *
         ew_float_from_bits((uint32_t)(exponent - half + 127) << 23);
}
