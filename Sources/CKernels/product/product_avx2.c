#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,bmi2"))), apply_to = function)
#define EW_TIER_NAME avx2
// Two products of at most 128 * 127 stay within 16 bits.
#define EW_DOT8(u, s) _mm256_madd_epi16(_mm256_maddubs_epi16(u, s), _mm256_set1_epi16(1))
#define EW_LANES 8
#define EW_TILE 4
#include "rows_x86.h"
#include "tiles_avx2.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
