#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang attribute push(                                                                                          \
    __attribute__((target("avx2,fma,f16c,bmi2,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"))), apply_to = function)
#define EW_TIER_NAME avx512vnni
#define EW_WIDTH 16
// 6 rows by 4 tokens: 24 sums, 4 of the activations and one of the weights within 32 registers.
#define EW_ROW_TILE 6
#define EW_TOKEN_TILE 4
#define widen_f32(at) ((wide)_mm512_loadu_ps(at))
#define widen_f16(at) ((wide)_mm512_cvtph_ps(_mm256_loadu_si256((const __m256i*)(at))))
#define widen_bf16(at)                                                                                                 \
  ((wide)_mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i*)(at))), 16)))
#include "floats_x86.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
