#pragma once
// Groups of Q2_K and Q3_K, which have a factor for 16 values each. Included under a target attribute with AVX2, FMA and F16C.
#include "groups_x86.h"

/// The codes of a block without the factors of its sub-blocks, and these in order.
typedef struct {
  /// Q2_K: 0...3. Q3_K: 0...7, of which 4 is to be subtracted.
  __m256i codes[8];
  /// Q2_K: 0...15. Q3_K: -32...31.
  __m128i factors;
  float scale;
} ew_sixteens;

/// Pairs of bits 2s of 32 bytes each: 128 values.
EW_INLINE __m256i ew_pairs(const uint8_t* codes, int b) {
  const __m256i bytes = _mm256_loadu_si256((const __m256i*)(codes + b / 4 * 32));
  return _mm256_and_si256(_mm256_srli_epi16(bytes, b % 4 * 2), _mm256_set1_epi8(3));
}

EW_INLINE float ew_half_at(const uint8_t* at) {
  uint16_t bits;
  memcpy(&bits, at, 2);
  return _cvtsh_ss(bits);
}

EW_INLINE __m128i ew_minima_q2_k(const uint8_t* at) {
  return _mm_and_si128(_mm_srli_epi16(_mm_loadu_si128((const __m128i*)at), 4), _mm_set1_epi8(15));
}

EW_INLINE ew_sixteens ew_sixteens_q2_k(const uint8_t* at) {
  ew_sixteens out;
  EW_PREFETCH(at, 84);
#pragma clang loop unroll(full)
  for (int b = 0; b < 8; b++) out.codes[b] = ew_pairs(at + 16, b);
  out.factors = _mm_and_si128(_mm_loadu_si128((const __m128i*)at), _mm_set1_epi8(15));
  out.scale = ew_half_at(at + 80);
  return out;
}

/// The 6-bit factors of a Q3_K block less 32.
EW_INLINE __m128i ew_factors_q3_k(const uint8_t* at) {
  // The last 16 bytes but 2 before the scale, so that nothing beyond the block is read.
  const __m128i raw = _mm_loadu_si128((const __m128i*)(at + 94));
  const __m128i low = _mm_shuffle_epi8(raw, _mm_setr_epi8(2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5, 6, 7, 8, 9));
  const __m128i high = _mm_shuffle_epi8(raw, _mm_setr_epi8(10, 11, 12, 13, 10, 11, 12, 13, 10, 11, 12, 13, 10, 11, 12, 13));
  const __m128i four = _mm_and_si128(_mm_srlv_epi64(low, _mm_setr_epi32(0, 0, 4, 0)), _mm_set1_epi8(15));
  const __m128i two = _mm_and_si128(_mm_srlv_epi32(high, _mm_setr_epi32(0, 2, 4, 6)), _mm_set1_epi8(3));
  return _mm_sub_epi8(_mm_or_si128(four, _mm_slli_epi16(two, 4)), _mm_set1_epi8(32));
}

EW_INLINE ew_sixteens ew_sixteens_q3_k(const uint8_t* at) {
  const __m256i high = _mm256_loadu_si256((const __m256i*)at), third = _mm256_set1_epi8(4);
  ew_sixteens out;
  EW_PREFETCH(at, 110);
#pragma clang loop unroll(full)
  for (int b = 0; b < 8; b++) {
    const __m256i bit = b < 2 ? _mm256_slli_epi16(high, 2 - b) : _mm256_srli_epi16(high, b - 2);
    out.codes[b] = _mm256_or_si256(ew_pairs(at + 32, b), _mm256_and_si256(bit, third));
  }
  out.factors = ew_factors_q3_k(at);
  out.scale = ew_half_at(at + 108);
  return out;
}

/// The low bytes of the products of bytes.
EW_INLINE __m256i ew_byte_products(__m256i a, __m256i b) {
  const __m256i even = _mm256_mullo_epi16(a, b);
  const __m256i odd = _mm256_mullo_epi16(_mm256_srli_epi16(a, 8), _mm256_srli_epi16(b, 8));
  return _mm256_blendv_epi8(_mm256_slli_epi16(odd, 8), even, _mm256_set1_epi16(0x00ff));
}

/// The factors of block b, each 16 times.
EW_INLINE __m256i ew_factors_of(__m128i factors, int b) {
  const __m256i picks = _mm256_inserti128_si256(_mm256_set1_epi8((char)(2 * b)), _mm_set1_epi8((char)(2 * b + 1)), 1);
  return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(factors), picks);
}

/// Codes times factors, 0...45, with one scale for all; the minima belong to 16 values each and are left to the caller.
EW_INLINE ew_group ew_group_q2_k(const uint8_t* at) {
  const ew_sixteens w = ew_sixteens_q2_k(at);
  ew_group group;
  for (int b = 0; b < 8; b++) group.codes[b] = ew_byte_products(w.codes[b], ew_factors_of(w.factors, b));
  group.scales = _mm256_set1_ps(w.scale);
  group.minima = _mm256_setzero_ps();
  return group;
}

/// Signed codes with one scale of the other sign for all: (4 - code) * factor is within -128...124, while its negative may be
/// 128, one too many for a byte.
EW_INLINE ew_group ew_group_q3_k(const uint8_t* at) {
  const ew_sixteens w = ew_sixteens_q3_k(at);
  ew_group group;
  for (int b = 0; b < 8; b++)
    group.codes[b] =
        ew_byte_products(_mm256_sub_epi8(_mm256_set1_epi8(4), w.codes[b]), ew_factors_of(w.factors, b));
  group.scales = _mm256_set1_ps(-w.scale);
  group.minima = _mm256_setzero_ps();
  return group;
}
