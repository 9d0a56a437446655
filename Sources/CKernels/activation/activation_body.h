// The quantizers of activation.h, compiled once per tier; the including file defines EW_TIER_NAME, and with EW_OWN_ROUNDING its own
// largest_of and round_codes.
#include "../codec/half.h"
#include "../simd/name.h"
#include "CKernels.h"
#include "steps.h"
#include <string.h>

#ifndef EW_OWN_ROUNDING
/// The largest magnitude of 32 values, as the bits of an f32: these compare like their numbers, and integers have a maximum that
/// vectorizes.
static inline uint32_t largest_of(const float* x) {
  uint32_t largest = 0;
  for (int i = 0; i < 32; i++) {
    const uint32_t magnitude = ew_bits_from_float(x[i]) & 0x7fffffff;
    largest = magnitude > largest ? magnitude : largest;
  }
  return largest;
}

/// Rounds 16 values times `inverse` to codes and returns their sum.
static inline int32_t round_codes(const float* x, float inverse, int8_t* codes) {
  int32_t sum = 0;
  for (int i = 0; i < 16; i++) {
    // Adding 1.5 * 2^23 leaves the integer, rounded to nearest even, in the low bits.
    const int32_t code = (int32_t)(ew_bits_from_float(x[i] * inverse + 0x1.8p23f) - 0x4b400000u);
    codes[i] = (int8_t)code;
    sum += codes[i];
  }
  return sum;
}
#endif

void EW_NAME(ew_quantize_q8)(const float* x, size_t columns, void* out) {
  const ew_q8_row row = ew_q8_row_at(out, columns);
  int8_t* all_codes = (int8_t*)row.codes;
  float* scales = (float*)row.scales;
  float* offsets = (float*)row.offsets;
  int16_t* sums = (int16_t*)row.sums;
  int32_t* negated = (int32_t*)row.negated;
  // Kernels take blocks by eights; the missing ones must multiply to zero.
  for (size_t block = columns / 32; block % 8; block++) scales[block] = offsets[block] = 0;
  for (size_t block = 0; block < columns / 32; block++, x += 32) {
    const float magnitude = ew_float_from_bits(largest_of(x));
    const bool nothing = magnitude < 1e-30f;
    const float scale = nothing ? 0 : magnitude / 127;
    const float inverse = nothing ? 0 : 127 / magnitude;
    int32_t partial[2];
    for (int half = 0; half < 2; half++)
      partial[half] = round_codes(x + 16 * half, inverse, all_codes + 32 * block + 16 * half);
    sums[2 * block] = (int16_t)partial[0];
    sums[2 * block + 1] = (int16_t)partial[1];
    negated[block] = -(partial[0] + partial[1]);
    scales[block] = scale;
    offsets[block] = scale * (float)(partial[0] + partial[1]);
  }
}

void EW_NAME(ew_quantize_q8_steps)(const float* x, size_t columns, ew_q8_group* out) {
  if (columns % 256) memset(out + columns / 256, 0, sizeof *out);
  uint32_t largest = 0;
  for (size_t block = 0; block < columns / 32; block++) {
    const uint32_t bits = largest_of(x + 32 * block);
    out[block / 8].steps[block % 8] = (int32_t)bits;
    largest = bits > largest ? bits : largest;
  }
  const step_scale scale = step_scale_of(largest);
  for (size_t block = 0; block < columns / 32; block++, x += 32) {
    ew_q8_group* group = &out[block / 8];
    const size_t b = block % 8;
    int8_t* codes = group->codes + 32 * b;
    const int32_t step = step_of((uint32_t)group->steps[b], largest);
    const float inverse = step_inverse(scale, step);
    const int32_t first = round_codes(x, inverse, codes), second = round_codes(x + 16, inverse, codes + 16);
    group->steps[b] = step << 23;
    group->spans[b] = (float)(first + second) * (float)(1 << step);
    group->negated[b] = -(first + second);
    group->halves[2 * b] = -first;
    group->halves[2 * b + 1] = -second;
    group->unit = scale.unit;
  }
}
