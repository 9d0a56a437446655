#pragma once
#include <stdint.h>
#include <string.h>

// One f16, bf16 or f32 number at a time, in integer arithmetic that every CPU has; loops over these vectorize.

static inline float ew_float_from_bits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static inline uint32_t ew_bits_from_float(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

/// Moves exponent and mantissa into place and multiplies by 2^112 to rebias, which is exact for subnormals too.
static inline float ew_float_from_half(uint16_t half) {
  const uint32_t sign = (uint32_t)(half & 0x8000) << 16;
  const uint32_t magnitude = (uint32_t)(half & 0x7fff) << 13;
  const uint32_t finite = ew_bits_from_float(ew_float_from_bits(magnitude) * 0x1p112f);
  const uint32_t special = magnitude | 0x7f800000;
  return ew_float_from_bits(sign | ((half & 0x7c00) == 0x7c00 ? special : finite));
}

static inline uint16_t ew_half_from_float(float value) {
  const uint32_t bits = ew_bits_from_float(value);
  const uint32_t sign = bits >> 16 & 0x8000;
  const uint32_t magnitude = bits & 0x7fffffff;
  // Below 2^-14 adding 0.5, whose last place is 2^-24, rounds to the step of f16's subnormals.
  const uint32_t small = ew_bits_from_float(ew_float_from_bits(magnitude) + 0.5f) - 0x3f000000;
  const uint32_t normal = (magnitude - (112u << 23) + 0xfff + (magnitude >> 13 & 1)) >> 13;
  const uint32_t special = magnitude > 0x7f800000 ? 0x7e00 | (magnitude >> 13 & 0x3ff) : 0x7c00;
  const uint32_t rounded = magnitude < 0x38800000 ? small : normal;
  return (uint16_t)(sign | (magnitude >= 0x477ff000 ? special : rounded));
}

static inline float ew_float_from_bfloat(uint16_t bits) { return ew_float_from_bits((uint32_t)bits << 16); }
