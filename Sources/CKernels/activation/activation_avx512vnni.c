#if defined(__x86_64__)
#include <immintrin.h>
#include <stdint.h>
#pragma clang attribute push(                                                                                          \
    __attribute__((target("avx2,fma,f16c,bmi2,avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)
#define EW_TIER_NAME avx512vnni
#define EW_OWN_ROUNDING

/// The largest magnitude of 32 values, as the bits of an f32, which compare like numbers.
static inline uint32_t largest_of(const float* x) {
  const __m512i low = _mm512_castps_si512(_mm512_abs_ps(_mm512_loadu_ps(x)));
  const __m512i high = _mm512_castps_si512(_mm512_abs_ps(_mm512_loadu_ps(x + 16)));
  return (uint32_t)_mm512_reduce_max_epi32(_mm512_max_epi32(low, high));
}

/// Rounds 16 values times `inverse` to nearest even, the products exact before that, because adding 1.5 * 2^23 rounds once; returns
/// the sum of the codes.
static inline int32_t round_codes(const float* x, float inverse, int8_t* out) {
  const __m512i shifted = _mm512_castps_si512(
      _mm512_fmadd_ps(_mm512_loadu_ps(x), _mm512_set1_ps(inverse), _mm512_set1_ps(0x1.8p23f)));
  const __m128i codes = _mm512_cvtepi32_epi8(_mm512_sub_epi32(shifted, _mm512_set1_epi32(0x4b400000)));
  _mm_storeu_si128((__m128i*)out, codes);
  // As unsigned bytes, each 128 more, they are added by eights.
  const __m128i halves = _mm_sad_epu8(_mm_xor_si128(codes, _mm_set1_epi8((char)0x80)), _mm_setzero_si128());
  return (int32_t)(_mm_cvtsi128_si64(halves) + _mm_extract_epi64(halves, 1)) - 16 * 128;
}

#include "activation_body.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
