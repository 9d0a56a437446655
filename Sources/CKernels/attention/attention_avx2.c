#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,bmi2"))), apply_to = function)
#define EW_TIER_NAME avx2
#define EW_WIDEN8(in) (ew_float8) _mm256_cvtph_ps(_mm_loadu_si128((const __m128i*)(in)))
#include "attention_body.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
