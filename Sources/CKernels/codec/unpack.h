#pragma once
#include "blocks.h"
#include "half.h"
#include <stddef.h>

// The shared form of 32 consecutive weights of a block format: w[i] = scale[i / 16] * codes[i] - minimum[i / 16].

typedef struct {
  int8_t codes[32];
  float scale[2];
  float minimum[2];
} ew_unpacked;

/// One scale and one minimum for all 32.
static inline void ew_unpack_factors(float scale, float minimum, ew_unpacked* out) {
  out->scale[0] = out->scale[1] = scale;
  out->minimum[0] = out->minimum[1] = minimum;
}

/// The low nibbles of 16 bytes, then their high ones.
static inline void ew_unpack_nibbles(const uint8_t codes[16], ew_unpacked* out) {
  for (int i = 0; i < 16; i++) {
    out->codes[i] = (int8_t)(codes[i] & 15);
    out->codes[i + 16] = (int8_t)(codes[i] >> 4);
  }
}

/// Replaces codes by what they stand for.
static inline void ew_unpack_table(const int8_t values[16], ew_unpacked* out) {
  for (int i = 0; i < 32; i++) out->codes[i] = values[out->codes[i]];
}

static inline void ew_unpack_q8_0(const void* row, size_t index, ew_unpacked* out) {
  const ew_q8_0* block = (const ew_q8_0*)row + index;
  memcpy(out->codes, block->codes, 32);
  ew_unpack_factors(ew_float_from_half(block->scale), 0, out);
}

static inline void ew_unpack_q4_0(const void* row, size_t index, ew_unpacked* out) {
  const ew_q4_0* block = (const ew_q4_0*)row + index;
  ew_unpack_nibbles(block->codes, out);
  for (int i = 0; i < 32; i++) out->codes[i] -= 8;
  ew_unpack_factors(ew_float_from_half(block->scale), 0, out);
}

static inline void ew_unpack_q4_1(const void* row, size_t index, ew_unpacked* out) {
  const ew_q4_1* block = (const ew_q4_1*)row + index;
  ew_unpack_nibbles(block->codes, out);
  ew_unpack_factors(ew_float_from_half(block->scale), -ew_float_from_half(block->minimum), out);
}

/// Adds the fifth bits of 32 codes, bit i % 8 of byte i / 8.
static inline void ew_unpack_fifths(const uint8_t fifths[4], ew_unpacked* out) {
  for (int i = 0; i < 32; i++) out->codes[i] |= (int8_t)((fifths[i / 8] >> i % 8 & 1) << 4);
}

static inline void ew_unpack_q5_0(const void* row, size_t index, ew_unpacked* out) {
  const ew_q5_0* block = (const ew_q5_0*)row + index;
  ew_unpack_nibbles(block->codes, out);
  ew_unpack_fifths(block->fifths, out);
  for (int i = 0; i < 32; i++) out->codes[i] -= 16;
  ew_unpack_factors(ew_float_from_half(block->scale), 0, out);
}

static inline void ew_unpack_q5_1(const void* row, size_t index, ew_unpacked* out) {
  const ew_q5_1* block = (const ew_q5_1*)row + index;
  ew_unpack_nibbles(block->codes, out);
  ew_unpack_fifths(block->fifths, out);
  ew_unpack_factors(ew_float_from_half(block->scale), -ew_float_from_half(block->minimum), out);
}

static inline void ew_unpack_iq4_nl(const void* row, size_t index, ew_unpacked* out) {
  const ew_iq4_nl* block = (const ew_iq4_nl*)row + index;
  ew_unpack_nibbles(block->codes, out);
  ew_unpack_table(ew_iq4_values, out);
  ew_unpack_factors(ew_float_from_half(block->scale), 0, out);
}

/// The 6-bit factor of sub-block `j` of an IQ4_XS block.
static inline int ew_iq4_xs_factor(const ew_iq4_xs* block, size_t j) {
  return (block->low[j / 2] >> j % 2 * 4 & 15) | (block->high >> 2 * j & 3) << 4;
}

static inline void ew_unpack_iq4_xs(const void* row, size_t index, ew_unpacked* out) {
  const ew_iq4_xs* block = (const ew_iq4_xs*)row + index / 8;
  const size_t j = index % 8;
  ew_unpack_nibbles(block->codes + 16 * j, out);
  ew_unpack_table(ew_iq4_values, out);
  ew_unpack_factors(ew_float_from_half(block->scale) * (float)(ew_iq4_xs_factor(block, j) - 32), 0, out);
}

/// 2^(exponent - 128): the scale of MXFP4's doubled values. The two smallest are subnormal; 255 is not-a-number.
static inline float ew_float_from_exponent(uint8_t exponent) {
  const uint32_t finite = exponent < 2 ? 0x00200000u << exponent : (uint32_t)(exponent - 1) << 23;
  return ew_float_from_bits(exponent == 255 ? 0x7fc00000 : finite);
}

static inline void ew_unpack_mxfp4(const void* row, size_t index, ew_unpacked* out) {
  const ew_mxfp4* block = (const ew_mxfp4*)row + index;
  ew_unpack_nibbles(block->codes, out);
  ew_unpack_table(ew_mxfp4_values, out);
  ew_unpack_factors(ew_float_from_exponent(block->exponent), 0, out);
}

/// The two low bits of the codes of 32 values of Q2_K and Q3_K.
static inline void ew_unpack_pairs(const uint8_t codes[64], size_t j, ew_unpacked* out) {
  for (int i = 0; i < 32; i++) out->codes[i] = (int8_t)(codes[j / 4 * 32 + i] >> j % 4 * 2 & 3);
}

static inline void ew_unpack_q2_k(const void* row, size_t index, ew_unpacked* out) {
  const ew_q2_k* block = (const ew_q2_k*)row + index / 8;
  const size_t j = index % 8;
  ew_unpack_pairs(block->codes, j, out);
  for (int half = 0; half < 2; half++) {
    const uint8_t factors = block->factors[2 * j + half];
    out->scale[half] = ew_float_from_half(block->scale) * (float)(factors & 15);
    out->minimum[half] = ew_float_from_half(block->minimum) * (float)(factors >> 4);
  }
}

/// The 6-bit factor of sub-block `j` of a Q3_K block.
static inline int ew_q3_k_factor(const uint8_t packed[12], size_t j) {
  return (packed[j % 8] >> j / 8 * 4 & 15) | (packed[8 + j % 4] >> j / 4 * 2 & 3) << 4;
}

static inline void ew_unpack_q3_k(const void* row, size_t index, ew_unpacked* out) {
  const ew_q3_k* block = (const ew_q3_k*)row + index / 8;
  const size_t j = index % 8;
  ew_unpack_pairs(block->codes, j, out);
  for (int i = 0; i < 32; i++) out->codes[i] = (int8_t)(out->codes[i] + (block->thirds[i] >> j & 1) * 4 - 4);
  for (int half = 0; half < 2; half++) {
    out->scale[half] = ew_float_from_half(block->scale) * (float)(ew_q3_k_factor(block->packed, 2 * j + half) - 32);
    out->minimum[half] = 0;
  }
}

/// The 6-bit scale and minimum of sub-block `j` of a Q4_K or Q5_K block.
static inline void ew_q4_k_scale(const uint8_t packed[12], size_t j, uint8_t* scale, uint8_t* minimum) {
  if (j < 4) {
    *scale = packed[j] & 63;
    *minimum = packed[j + 4] & 63;
  } else {
    *scale = (uint8_t)((packed[j + 4] & 15) | (packed[j - 4] >> 6) << 4);
    *minimum = (uint8_t)(packed[j + 4] >> 4 | (packed[j] >> 6) << 4);
  }
}

static inline void ew_unpack_q4_k(const void* row, size_t index, ew_unpacked* out) {
  const ew_q4_k* block = (const ew_q4_k*)row + index / 8;
  const size_t j = index % 8;
  const uint8_t* codes = block->codes + j / 2 * 32;
  const int shift = j % 2 ? 4 : 0;
  for (int i = 0; i < 32; i++) out->codes[i] = (int8_t)(codes[i] >> shift & 15);
  uint8_t scale, minimum;
  ew_q4_k_scale(block->packed, j, &scale, &minimum);
  ew_unpack_factors(ew_float_from_half(block->scale) * scale, ew_float_from_half(block->minimum) * minimum, out);
}

static inline void ew_unpack_q5_k(const void* row, size_t index, ew_unpacked* out) {
  const ew_q5_k* block = (const ew_q5_k*)row + index / 8;
  const size_t j = index % 8;
  for (int i = 0; i < 32; i++)
    out->codes[i] = (int8_t)((block->codes[j / 2 * 32 + i] >> j % 2 * 4 & 15) | (block->fifths[i] >> j & 1) << 4);
  uint8_t scale, minimum;
  ew_q4_k_scale(block->packed, j, &scale, &minimum);
  ew_unpack_factors(ew_float_from_half(block->scale) * scale, ew_float_from_half(block->minimum) * minimum, out);
}

static inline void ew_unpack_q6_k(const void* row, size_t index, ew_unpacked* out) {
  const ew_q6_k* block = (const ew_q6_k*)row + index / 8;
  const size_t j = index % 8, half = j / 4, quarter = j % 4;
  const uint8_t* low = block->low + 64 * half + 32 * (quarter % 2);
  const uint8_t* high = block->high + 32 * half;
  const int low_shift = quarter < 2 ? 0 : 4, high_shift = 2 * (int)quarter;
  for (int i = 0; i < 32; i++)
    out->codes[i] = (int8_t)(((low[i] >> low_shift & 15) | (high[i] >> high_shift & 3) << 4) - 32);
  const float scale = ew_float_from_half(block->scale);
  out->scale[0] = scale * block->scales[2 * j];
  out->scale[1] = scale * block->scales[2 * j + 1];
  out->minimum[0] = out->minimum[1] = 0;
}
