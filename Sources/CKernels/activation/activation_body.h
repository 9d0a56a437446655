// The quantizer of activation.h, compiled once per tier; the including file defines EW_TIER_NAME.
#include "../codec/half.h"
#include "../simd/name.h"
#include "CKernels.h"

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
    // Magnitudes compare like their bits, and integers have a maximum that vectorizes.
    uint32_t largest = 0;
    for (int i = 0; i < 32; i++) {
      const uint32_t magnitude = ew_bits_from_float(x[i]) & 0x7fffffff;
      largest = magnitude > largest ? magnitude : largest;
    }
    const float magnitude = ew_float_from_bits(largest);
    const bool nothing = magnitude < 1e-30f;
    const float scale = nothing ? 0 : magnitude / 127;
    const float inverse = nothing ? 0 : 127 / magnitude;
    int8_t* codes = all_codes + 32 * block;
    int16_t partial[2] = {0, 0};
    for (int half = 0; half < 2; half++) {
      int32_t sum = 0;
      for (int i = 0; i < 16; i++) {
        // Adding 1.5 * 2^23 leaves the integer, rounded to nearest even, in the low bits.
        const int32_t code = (int32_t)(ew_bits_from_float(x[16 * half + i] * inverse + 0x1.8p23f) - 0x4b400000u);
        const int8_t narrow = (int8_t)code;
        codes[16 * half + i] = narrow;
        sum += narrow;
      }
      partial[half] = (int16_t)sum;
    }
    sums[2 * block] = partial[0];
    sums[2 * block + 1] = partial[1];
    negated[block] = -(partial[0] + partial[1]);
    scales[block] = scale;
    offsets[block] = scale * (float)(partial[0] + partial[1]);
  }
}
