#if defined(__x86_64__)
#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>
#pragma clang attribute push(                                                                                          \
    __attribute__((target("avx2,fma,f16c,bmi2,avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)
#define EW_TIER_NAME avx512vnni
#define EW_WIDTH 16
#define EW_ACROSS 4
#define EW_DOWN 4

/// `count` is a multiple of 8.
static inline void widen(const uint16_t* in, size_t count, float* out, size_t ahead) {
  size_t i = 0;
  for (; i + 16 <= count; i += 16) {
    _mm_prefetch((const char*)(in + i) + ahead, _MM_HINT_T1);
    _mm512_storeu_ps(out + i, _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i*)(in + i))));
  }
  if (i < count) _mm256_storeu_ps(out + i, _mm256_cvtph_ps(_mm_loadu_si128((const __m128i*)(in + i))));
}

#define EW_WIDEN(in, count, out, ahead) widen(in, count, out, ahead)
#define EW_HALVES(in) _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i*)(in)))
#include "attention_body.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
