// Products of few tokens, as rows_avx512vnni.h, with weights of Q2_K, Q3_K and Q5_K.
#include "groups_sixteens_x86.h"

/// As Q4_K: half a register holds a block, low nibbles have the even blocks and high ones the odd. Block j has its fifth bits
/// in bits j of the 32 bytes before the nibbles, which are put beside the nibbles once and then shifted by the same number for
/// both halves.
EW_INLINE void step_q5_k(const uint8_t* at, const ew_q8_row* x, int tokens, size_t group, partial* into) {
  EW_PREFETCH(at, 176);
  __m256 scales, minima;
  ew_factors_q4_k(at, &scales, &minima);
  const __m512i four = _mm512_set1_epi8(15), fifth = _mm512_set1_epi8(16);
  const __m256i bits = _mm256_loadu_si256((const __m256i*)(at + 16));
  const __m512i fifths = _mm512_inserti64x4(_mm512_castsi256_si512(bits), _mm256_srli_epi16(bits, 2), 1);
  const __m512i first = _mm512_loadu_si512(at + 48), second = _mm512_loadu_si512(at + 112);
  // (nibbles) | (fifths & 16); the bits that shifts move across bytes are not among those kept.
  const __m512i low[2] = {
      _mm512_ternarylogic_epi32(_mm512_and_si512(first, four), _mm512_slli_epi16(fifths, 4), fifth, 0xf8),
      _mm512_ternarylogic_epi32(_mm512_and_si512(second, four), fifths, fifth, 0xf8)};
  const __m512i high[2] = {_mm512_ternarylogic_epi32(_mm512_and_si512(_mm512_srli_epi16(first, 4), four),
                                                     _mm512_slli_epi16(fifths, 3), fifth, 0xf8),
                           _mm512_ternarylogic_epi32(_mm512_and_si512(_mm512_srli_epi16(second, 4), four),
                                                     _mm512_srli_epi16(fifths, 1), fifth, 0xf8)};
  for (int t = 0; t < tokens; t++) {
    const __m256 factors = scaled_by_x(&x[t], group, scales, minima, &into[t]);
    for (int part = 0; part < 2; part++) {
      const __m512i a = codes_at(&x[t], group, 2 * part), b = codes_at(&x[t], group, 2 * part + 1);
      const __m512i even =
          _mm512_dpbusd_epi32(_mm512_setzero_si512(), low[part], _mm512_shuffle_i32x4(a, b, 0x44));
      const __m512i odd =
          _mm512_dpbusd_epi32(_mm512_setzero_si512(), high[part], _mm512_shuffle_i32x4(a, b, 0xee));
      add_dots(&into[t], 0, even, spread(factors, two_blocks(4 * part, 4 * part + 2)));
      add_dots(&into[t], 1, odd, spread(factors, two_blocks(4 * part + 1, 4 * part + 3)));
    }
  }
}

/// The low two bits of 256 codes: quarter i has bits 4 (i % 2) and 4 (i % 2) + 2 of 32 bytes in its halves.
EW_INLINE void pairs_of(const uint8_t* at, __m512i codes[4]) {
  for (int half = 0; half < 2; half++) {
    const __m256i bytes = _mm256_loadu_si256((const __m256i*)(at + 32 * half));
    const __m512i both = _mm512_inserti64x4(_mm512_castsi256_si512(bytes), _mm256_srli_epi16(bytes, 2), 1);
    codes[2 * half] = _mm512_and_si512(both, _mm512_set1_epi8(3));
    codes[2 * half + 1] = _mm512_and_si512(_mm512_srli_epi16(both, 4), _mm512_set1_epi8(3));
  }
}

/// Adds scale * factors * codes less minimum * integers, with the factors and the integers of 16 values each. A lane's products stay
/// below 2 * 7 * 127 * 32 * 2 = 113,792.
EW_INLINE void step_factors(const __m512i codes[4], __m128i bytes, float scale, __m256i integers, float minimum,
                            const ew_q8_row* x, int tokens, size_t group, partial* into) {
  const __m256i ordered = _mm256_cvtepi8_epi16(bytes);
  // Four sub-blocks of 16 values, and so of 8 pairs, to a register.
  const __m512i numbers = _mm512_inserti64x4(
      _mm512_castsi256_si512(_mm256_inserti128_si256(_mm256_setzero_si256(), _mm_set1_epi16(1), 1)),
      _mm256_inserti128_si256(_mm256_set1_epi16(2), _mm_set1_epi16(3), 1), 1);
  __m512i factors[4];
  for (int part = 0; part < 4; part++)
    factors[part] = _mm512_permutexvar_epi16(_mm512_add_epi16(numbers, _mm512_set1_epi16((short)(4 * part))),
                                             _mm512_castsi256_si512(ordered));
  for (int t = 0; t < tokens; t++) {
    const __m256 x_scales = _mm256_load_ps(x[t].scales + 8 * group);
    const __m256 scales = _mm256_mul_ps(_mm256_set1_ps(scale), x_scales);
    const __m256i sums = _mm256_loadu_si256((const __m256i*)(x[t].sums + 16 * group));
    into[t].offsets = _mm256_fmadd_ps(_mm256_mul_ps(_mm256_set1_ps(minimum), x_scales),
                                      _mm256_cvtepi32_ps(_mm256_madd_epi16(integers, sums)), into[t].offsets);
    for (int part = 0; part < 4; part++) {
      const __m512i dots =
          _mm512_madd_epi16(_mm512_maddubs_epi16(codes[part], codes_at(&x[t], group, part)), factors[part]);
      add_dots(&into[t], part % 2, dots, spread(scales, two_blocks(2 * part, 2 * part + 1)));
    }
  }
}

EW_INLINE void step_q2_k(const uint8_t* at, const ew_q8_row* x, int tokens, size_t group, partial* into) {
  EW_PREFETCH(at, 84);
  __m512i codes[4];
  pairs_of(at + 16, codes);
  const __m128i factors = _mm_and_si128(_mm_loadu_si128((const __m128i*)at), _mm_set1_epi8(15));
  const __m256i minima = _mm256_cvtepu8_epi16(ew_minima_q2_k(at));
  step_factors(codes, factors, ew_half_at(at + 80), minima, ew_half_at(at + 82), x, tokens, group, into);
}

/// Block j has its third bits in bits j of the first 32 bytes.
EW_INLINE void step_q3_k(const uint8_t* at, const ew_q8_row* x, int tokens, size_t group, partial* into) {
  EW_PREFETCH(at, 110);
  __m512i codes[4];
  pairs_of(at + 32, codes);
  const __m256i bits = _mm256_loadu_si256((const __m256i*)at);
  const __m512i thirds = _mm512_inserti64x4(_mm512_castsi256_si512(bits), _mm256_srli_epi16(bits, 1), 1);
  const __m512i third = _mm512_set1_epi8(4);
  codes[0] = _mm512_ternarylogic_epi32(codes[0], _mm512_slli_epi16(thirds, 2), third, 0xf8);
  codes[1] = _mm512_ternarylogic_epi32(codes[1], thirds, third, 0xf8);
  codes[2] = _mm512_ternarylogic_epi32(codes[2], _mm512_srli_epi16(thirds, 2), third, 0xf8);
  codes[3] = _mm512_ternarylogic_epi32(codes[3], _mm512_srli_epi16(thirds, 4), third, 0xf8);
  const __m128i factors = ew_factors_q3_k(at);
  const __m256i fours = _mm256_slli_epi16(_mm256_cvtepi8_epi16(factors), 2);
  const float scale = ew_half_at(at + 108);
  step_factors(codes, factors, scale, fours, scale, x, tokens, group, into);
}

EW_ROWS(q5_k, 176, step_q5_k)
EW_ROWS(q2_k, 84, step_q2_k)
EW_ROWS(q3_k, 110, step_q3_k)
