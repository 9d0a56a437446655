#pragma once
// Widening pages of the cache to f32; included under a tier's target attribute, where these loops vectorize.
#include "../codec/half.h"
#include "../simd/name.h"
#include "CKernels.h"

enum { PAGE = EW_CACHE_PAGE };

/// Fetches the line that lies one page of `bytes` after `at`: it arrives while this page is worked on.
static inline __attribute__((always_inline)) void fetch_next(const uint8_t* at, size_t bytes) {
  __builtin_prefetch(at + bytes, 0, 2);
}

/// Keys: (value, position).
static inline void widen_keys(int format, const uint8_t* page, size_t size, float* out) {
  const size_t bytes = ew_cache_page_bytes(format, size);
  switch (format) {
  case EW_FORMAT_f16:
    EW_WIDEN((const uint16_t*)page, size * PAGE, out, bytes);
    return;
  case EW_FORMAT_q8_0: {
    const int8_t* codes = (const int8_t*)page;
    for (size_t block = 0; block < size / 32; block++) {
      float scales[PAGE];
      EW_WIDEN((const uint16_t*)(page + size * PAGE) + block * PAGE, PAGE, scales, bytes);
      for (size_t i = 32 * block; i < 32 * block + 32; i++) {
        fetch_next(page + i * PAGE, bytes);
        for (size_t p = 0; p < PAGE; p++) out[i * PAGE + p] = (float)codes[i * PAGE + p] * scales[p];
      }
    }
    return;
  }
  default:
    for (size_t block = 0; block < size / 32; block++) {
      float scales[PAGE];
      EW_WIDEN((const uint16_t*)(page + size / 2 * PAGE) + block * PAGE, PAGE, scales, bytes);
      for (size_t i = 0; i < 16; i++) {
        const uint8_t* codes = page + (16 * block + i) * PAGE;
        float* low = out + (32 * block + i) * PAGE;
        fetch_next(codes, bytes);
        for (size_t p = 0; p < PAGE; p++) low[p] = (float)((codes[p] & 15) - 8) * scales[p];
        for (size_t p = 0; p < PAGE; p++) low[16 * PAGE + p] = (float)((codes[p] >> 4) - 8) * scales[p];
      }
    }
  }
}

/// Values: (position, value), those of the first `positions`.
static inline void widen_values(int format, const uint8_t* page, size_t size, size_t positions, float* out) {
  const size_t bytes = ew_cache_page_bytes(format, size);
  switch (format) {
  case EW_FORMAT_f16:
    EW_WIDEN((const uint16_t*)page, size * positions, out, bytes);
    return;
  case EW_FORMAT_q8_0: {
    const int8_t* codes = (const int8_t*)page;
    const uint16_t* scales = (const uint16_t*)(page + size * PAGE);
    for (size_t block = 0; block < size / 32 * positions; block++) {
      const float scale = ew_float_from_half(scales[block]);
      fetch_next(page + 32 * block, bytes);
      for (size_t i = 0; i < 32; i++) out[32 * block + i] = (float)codes[32 * block + i] * scale;
    }
    return;
  }
  default: {
    const uint16_t* scales = (const uint16_t*)(page + size / 2 * PAGE);
    for (size_t block = 0; block < size / 32 * positions; block++) {
      const float scale = ew_float_from_half(scales[block]);
      const uint8_t* codes = page + 16 * block;
      fetch_next(codes, bytes);
      for (size_t i = 0; i < 16; i++) out[32 * block + i] = (float)((codes[i] & 15) - 8) * scale;
      for (size_t i = 0; i < 16; i++) out[32 * block + 16 + i] = (float)((codes[i] >> 4) - 8) * scale;
    }
  }
  }
}

/// One block's scale and codes; `largest` is the largest code, 127 or 7.
static inline uint16_t round_block(const float* x, float largest, int8_t codes[32]) {
  float magnitude = 0;
  for (int i = 0; i < 32; i++) magnitude = __builtin_fabsf(x[i]) > magnitude ? __builtin_fabsf(x[i]) : magnitude;
  const uint16_t scale = ew_half_from_float(magnitude / largest);
  // The codes belong to the scale as it is stored.
  const float stored = ew_float_from_half(scale);
  const float inverse = stored > 0 ? 1 / stored : 0;
  for (int i = 0; i < 32; i++) {
    float code = x[i] * inverse;
    code = code > largest ? largest : code < -largest ? -largest : code;
    codes[i] = (int8_t)(ew_bits_from_float(code + 0x1.8p23f) - 0x4b400000u);
  }
  return scale;
}

void EW_NAME(ew_cache_store)(int format, size_t size, const float* key, const float* value, size_t position, void* all_keys,
                             void* all_values) {
  const size_t bytes = ew_cache_page_bytes(format, size), p = position % PAGE;
  uint8_t* keys = (uint8_t*)all_keys + position / PAGE * bytes;
  uint8_t* values = (uint8_t*)all_values + position / PAGE * bytes;
  if (format == EW_FORMAT_f16) {
    for (size_t i = 0; i < size; i++) ((uint16_t*)keys)[i * PAGE + p] = ew_half_from_float(key[i]);
    for (size_t i = 0; i < size; i++) ((uint16_t*)values)[p * size + i] = ew_half_from_float(value[i]);
    return;
  }
  const bool wide = format == EW_FORMAT_q8_0;
  const size_t codes_bytes = (wide ? size : size / 2) * PAGE;
  for (size_t block = 0; block < size / 32; block++) {
    int8_t codes[32];
    ((uint16_t*)(keys + codes_bytes))[block * PAGE + p] = round_block(key + 32 * block, wide ? 127 : 7, codes);
    if (wide)
      for (size_t i = 0; i < 32; i++) keys[(32 * block + i) * PAGE + p] = (uint8_t)codes[i];
    else
      for (size_t i = 0; i < 16; i++)
        keys[(16 * block + i) * PAGE + p] = (uint8_t)((codes[i] + 8) | (codes[i + 16] + 8) << 4);
    ((uint16_t*)(values + codes_bytes))[p * (size / 32) + block] = round_block(value + 32 * block, wide ? 127 : 7, codes);
    uint8_t* to = values + (wide ? 32 : 16) * (p * (size / 32) + block);
    if (wide)
      for (size_t i = 0; i < 32; i++) to[i] = (uint8_t)codes[i];
    else
      for (size_t i = 0; i < 16; i++) to[i] = (uint8_t)((codes[i] + 8) | (codes[i + 16] + 8) << 4);
  }
}
