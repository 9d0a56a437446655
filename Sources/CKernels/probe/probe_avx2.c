#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,bmi2"))), apply_to = function)
#define EW_TIER_NAME avx2
#define EW_BYTES 32
#define EW_CHAINS 12
#define EW_REGISTER(value) "+x"(value)
// Pairs of products in 16 bits, then pairs of those in 32: exact for the probe's operands.
#define EW_DOT(sum, a, b)                                                                                              \
  (integers)_mm256_add_epi32((__m256i)(sum),                                                                           \
                             _mm256_madd_epi16(_mm256_maddubs_epi16((__m256i)(a), (__m256i)(b)), _mm256_set1_epi16(1)))
#include "probe_body.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
