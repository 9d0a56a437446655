#pragma once
// Loads of eight F32, F16 or BF16 weights as f32. Included under a target attribute with AVX2 and F16C.
#include <immintrin.h>
#include <string.h>

#define EW_WIDEN static inline __attribute__((always_inline)) __m256

EW_WIDEN widen_f32(const char* at) { return _mm256_loadu_ps((const float*)at); }

EW_WIDEN widen_f16(const char* at) { return _mm256_cvtph_ps(_mm_loadu_si128((const __m128i*)at)); }

EW_WIDEN widen_bf16(const char* at) {
  return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i*)at)), 16));
}

/// The last `count` < 8 numbers of a row, filled up with zeros.
#define EW_WIDEN_END(format, bytes)                                                                                    \
  EW_WIDEN end_##format(const char* at, size_t count) {                                                                \
    char filled[8 * bytes] = {0};                                                                                      \
    memcpy(filled, at, count * bytes);                                                                                 \
    return widen_##format(filled);                                                                                     \
  }

EW_WIDEN_END(f32, 4)
EW_WIDEN_END(f16, 2)
EW_WIDEN_END(bf16, 2)
