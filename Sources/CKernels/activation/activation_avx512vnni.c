#if defined(__x86_64__)
#include "../simd/name.h"
#include "CKernels.h"
#include "steps.h"
#include <immintrin.h>
#include <string.h>
#pragma clang attribute push(                                                                                          \
    __attribute__((target("avx2,fma,f16c,bmi2,avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)
#define EW_TIER_NAME avx512vnni

/// The sum of 16 signed bytes.
static inline int sum_of(__m128i codes) {
  // As unsigned bytes, each 128 more, they are added by eights.
  const __m128i halves = _mm_sad_epu8(_mm_xor_si128(codes, _mm_set1_epi8((char)0x80)), _mm_setzero_si128());
  return (int)(_mm_cvtsi128_si64(halves) + _mm_extract_epi64(halves, 1)) - 16 * 128;
}

/// Codes are round-to-nearest-even of x * inverse, the product exact before that: the addition of 1.5 * 2^23 rounds once.
static inline __m128i codes_of(__m512 x, __m512 inverse) {
  const __m512i shifted = _mm512_castps_si512(_mm512_fmadd_ps(x, inverse, _mm512_set1_ps(0x1.8p23f)));
  return _mm512_cvtepi32_epi8(_mm512_sub_epi32(shifted, _mm512_set1_epi32(0x4b400000)));
}

/// The largest magnitude of 32 values, as the bits of an f32, which compare like numbers.
static inline int largest_of(__m512 low, __m512 high) {
  return _mm512_reduce_max_epi32(
      _mm512_max_epi32(_mm512_castps_si512(_mm512_abs_ps(low)), _mm512_castps_si512(_mm512_abs_ps(high))));
}

void EW_NAME(ew_quantize_q8)(const float* x, size_t columns, void* out) {
  const ew_q8_row row = ew_q8_row_at(out, columns);
  int8_t* codes = (int8_t*)row.codes;
  float* scales = (float*)row.scales;
  float* offsets = (float*)row.offsets;
  int16_t* sums = (int16_t*)row.sums;
  int32_t* negated = (int32_t*)row.negated;
  // Kernels take blocks by eights; the missing ones must multiply to zero.
  for (size_t block = columns / 32; block % 8; block++) scales[block] = offsets[block] = 0;
  for (size_t block = 0; block < columns / 32; block++, x += 32, codes += 32) {
    const __m512 low = _mm512_loadu_ps(x), high = _mm512_loadu_ps(x + 16);
    const float magnitude = _mm_cvtss_f32(_mm_castsi128_ps(_mm_cvtsi32_si128(largest_of(low, high))));
    const bool nothing = magnitude < 1e-30f;
    const float scale = nothing ? 0 : magnitude / 127;
    const __m512 inverse = _mm512_set1_ps(nothing ? 0 : 127 / magnitude);
    const __m128i first = codes_of(low, inverse), second = codes_of(high, inverse);
    _mm_storeu_si128((__m128i*)codes, first);
    _mm_storeu_si128((__m128i*)(codes + 16), second);
    const int sum = sum_of(first), other = sum_of(second);
    sums[2 * block] = (int16_t)sum;
    sums[2 * block + 1] = (int16_t)other;
    negated[block] = -(sum + other);
    scales[block] = scale;
    offsets[block] = scale * (float)(sum + other);
  }
}

void EW_NAME(ew_quantize_q8_steps)(const float* x, size_t columns, ew_q8_group* out) {
  if (columns % 256) memset(out + columns / 256, 0, sizeof *out);
  int largest = 0;
  for (size_t block = 0; block < columns / 32; block++) {
    const int bits = largest_of(_mm512_loadu_ps(x + 32 * block), _mm512_loadu_ps(x + 32 * block + 16));
    out[block / 8].steps[block % 8] = (int32_t)bits;
    largest = bits > largest ? bits : largest;
  }
  const step_scale scale = step_scale_of((uint32_t)largest);
  for (size_t block = 0; block < columns / 32; block++, x += 32) {
    ew_q8_group* group = &out[block / 8];
    const size_t b = block % 8;
    int8_t* codes = group->codes + 32 * b;
    const int32_t step = step_of((uint32_t)group->steps[b], (uint32_t)largest);
    const __m512 inverse = _mm512_set1_ps(step_inverse(scale, step));
    const __m128i low = codes_of(_mm512_loadu_ps(x), inverse), high = codes_of(_mm512_loadu_ps(x + 16), inverse);
    _mm_storeu_si128((__m128i*)codes, low);
    _mm_storeu_si128((__m128i*)(codes + 16), high);
    const int first = sum_of(low), second = sum_of(high);
    group->steps[b] = step << 23;
    group->spans[b] = (float)(first + second) * (float)(1 << step);
    group->negated[b] = -(first + second);
    group->halves[2 * b] = -first;
    group->halves[2 * b + 1] = -second;
    group->unit = scale.unit;
  }
}
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
