#pragma once
// Groups of IQ4_NL, IQ4_XS and MXFP4, whose nibbles stand for the numbers of a table. Included under a target attribute with AVX2,
// FMA and F16C.
#include "groups_x86.h"

/// The table of IQ4_NL and IQ4_XS, in both lanes.
EW_INLINE __m256i ew_table_iq4(void) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i*)ew_iq4_values));
}

/// The table of MXFP4 plus 12, which makes it unsigned.
EW_INLINE __m256i ew_table_mxfp4(void) {
  const __m128i values = _mm_loadu_si128((const __m128i*)ew_mxfp4_values);
  return _mm256_broadcastsi128_si256(_mm_add_epi8(values, _mm_set1_epi8(12)));
}

/// Signed codes.
EW_INLINE ew_group ew_group_iq4_nl(const uint8_t* at) {
  ew_group group;
  EW_PREFETCH(at, 144);
  for (int b = 0; b < 8; b++) group.codes[b] = _mm256_shuffle_epi8(ew_table_iq4(), ew_nibbles(at + 18 * b + 2));
  group.scales = ew_block_scales(at, 18);
  group.minima = _mm256_setzero_ps();
  return group;
}

/// The scales of an IQ4_XS block: sub-block b has nibble b of `low` and the pair of bits b of `high`.
EW_INLINE __m256 ew_scales_iq4_xs(const uint8_t* at) {
  const __m128i head = _mm_loadl_epi64((const __m128i*)at);
  const __m256i numbers = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  const __m256i upper = _mm256_srlv_epi32(_mm256_set1_epi32(_mm_extract_epi16(head, 1)), _mm256_slli_epi32(numbers, 1));
  const __m256i lower = _mm256_srlv_epi32(_mm256_broadcastd_epi32(_mm_srli_si128(head, 4)), _mm256_slli_epi32(numbers, 2));
  const __m256i factors = _mm256_or_si256(_mm256_and_si256(lower, _mm256_set1_epi32(15)),
                                          _mm256_slli_epi32(_mm256_and_si256(upper, _mm256_set1_epi32(3)), 4));
  return _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_sub_epi32(factors, _mm256_set1_epi32(32))),
                       _mm256_broadcastss_ps(_mm_cvtph_ps(head)));
}

/// Signed codes.
EW_INLINE ew_group ew_group_iq4_xs(const uint8_t* at) {
  ew_group group;
  EW_PREFETCH(at, 136);
  for (int b = 0; b < 8; b++) group.codes[b] = _mm256_shuffle_epi8(ew_table_iq4(), ew_nibbles(at + 8 + 16 * b));
  group.scales = ew_scales_iq4_xs(at);
  group.minima = _mm256_setzero_ps();
  return group;
}

/// The scales of eight MXFP4 blocks, 2^(exponent - 128): normal numbers, the two subnormal ones, and not-a-number for 255.
EW_INLINE __m256 ew_scales_mxfp4(const uint8_t* at) {
  const __m256i exponents =
      _mm256_setr_epi32(at[0], at[17], at[34], at[51], at[68], at[85], at[102], at[119]);
  const __m256i normal = _mm256_slli_epi32(_mm256_sub_epi32(exponents, _mm256_set1_epi32(1)), 23);
  const __m256i small = _mm256_sllv_epi32(_mm256_set1_epi32(0x00200000), exponents);
  const __m256i finite = _mm256_blendv_epi8(normal, small, _mm256_cmpgt_epi32(_mm256_set1_epi32(2), exponents));
  const __m256i none = _mm256_cmpeq_epi32(exponents, _mm256_set1_epi32(255));
  return _mm256_castsi256_ps(_mm256_blendv_epi8(finite, _mm256_set1_epi32(0x7fc00000), none));
}

/// Unsigned codes, 12 too large.
EW_INLINE ew_group ew_group_mxfp4(const uint8_t* at) {
  ew_group group;
  EW_PREFETCH(at, 136);
  for (int b = 0; b < 8; b++) group.codes[b] = _mm256_shuffle_epi8(ew_table_mxfp4(), ew_nibbles(at + 17 * b + 1));
  group.scales = ew_scales_mxfp4(at);
  group.minima = _mm256_mul_ps(group.scales, _mm256_set1_ps(12));
  return group;
}
