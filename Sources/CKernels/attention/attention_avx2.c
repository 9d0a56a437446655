#if defined(__x86_64__)
#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,bmi2"))), apply_to = function)
#define EW_TIER_NAME avx2
#define EW_WIDTH 8
#define EW_ACROSS 2
#define EW_DOWN 4

/// `count` is a multiple of 8.
static inline void widen(const uint16_t* in, size_t count, float* out, size_t ahead) {
  for (size_t i = 0; i < count; i += 8) {
    _mm_prefetch((const char*)(in + i) + ahead, _MM_HINT_T1);
    _mm256_storeu_ps(out + i, _mm256_cvtph_ps(_mm_loadu_si128((const __m128i*)(in + i))));
  }
}

#define EW_WIDEN(in, count, out, ahead) widen(in, count, out, ahead)
#define EW_HALVES(in) _mm256_cvtph_ps(_mm_loadu_si128((const __m128i*)(in)))
#include "attention_body.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
