#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,bmi2"))), apply_to = function)
#define EW_TIER_NAME avx2
#define EW_WIDTH 8
// 3 rows by 4 tokens: 12 sums, 4 of the activations loaded, one of the weights within 16 registers and memory operands.
#define EW_ROW_TILE 3
#define EW_TOKEN_TILE 4
#define widen_f32(at) ((wide)_mm256_loadu_ps((const float*)(at)))
#define widen_f16(at) ((wide)_mm256_cvtph_ps(_mm_loadu_si128((const __m128i*)(at))))
#define widen_bf16(at)                                                                                                 \
  ((wide)_mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i*)(at))), 16)))
#include "floats_x86.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
