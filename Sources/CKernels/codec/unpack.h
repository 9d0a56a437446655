#pragma once
#include "blocks.h"
#include "half.h"
#include <stddef.h>

// The shared form of 32 consecutive weights of a block format: w[i] = scale[i / 16] * codes[i] - minimum.

typedef struct {
  int8_t codes[32];
  float scale[2];
  float minimum;
} ew_unpacked;

static inline void ew_unpack_q8_0(const void* row, size_t index, ew_unpacked* out) {
  const ew_q8_0* block = (const ew_q8_0*)row + index;
  memcpy(out->codes, block->codes, 32);
  out->scale[0] = out->scale[1] = ew_float_from_half(block->scale);
  out->minimum = 0;
}

static inline void ew_unpack_q4_0(const void* row, size_t index, ew_unpacked* out) {
  const ew_q4_0* block = (const ew_q4_0*)row + index;
  for (int i = 0; i < 16; i++) {
    out->codes[i] = (int8_t)((block->codes[i] & 15) - 8);
    out->codes[i + 16] = (int8_t)((block->codes[i] >> 4) - 8);
  }
  out->scale[0] = out->scale[1] = ew_float_from_half(block->scale);
  out->minimum = 0;
}

/// The 6-bit scale and minimum of sub-block `j` of a Q4_K block.
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
  out->scale[0] = out->scale[1] = ew_float_from_half(block->scale) * scale;
  out->minimum = ew_float_from_half(block->minimum) * minimum;
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
  out->minimum = 0;
}
