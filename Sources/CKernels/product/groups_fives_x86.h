#pragma once
// Groups of Q4_1, Q5_0, Q5_1 and Q5_K: unsigned codes up to 31. Included under a target attribute with AVX2, FMA and F16C.
#include "groups_x86.h"

/// Where a bit of a block's 32 is set, the byte of its number is 16.
EW_INLINE __m256i ew_fifths(const uint8_t* at) {
  int word;
  memcpy(&word, at, 4);
  const __m256i bytes = _mm256_shuffle_epi8(
      _mm256_set1_epi32(word), _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303));
  const __m256i bits = _mm256_set1_epi64x((long long)0x8040201008040201);
  return _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_and_si256(bytes, bits), bits), _mm256_set1_epi8(16));
}

/// The minima of eight blocks of `size` bytes that are added in the file, and so are subtracted with their sign turned.
EW_INLINE __m256 ew_block_minima(const uint8_t* at, size_t size) {
  return _mm256_xor_ps(ew_block_scales(at + 2, size), _mm256_set1_ps(-0.0f));
}

EW_INLINE ew_group ew_group_q4_1(const uint8_t* at) {
  ew_group group;
  EW_PREFETCH(at, 160);
  for (int b = 0; b < 8; b++) group.codes[b] = ew_nibbles(at + 20 * b + 4);
  group.scales = ew_block_scales(at, 20);
  group.minima = ew_block_minima(at, 20);
  return group;
}

EW_INLINE ew_group ew_group_q5_0(const uint8_t* at) {
  ew_group group;
  EW_PREFETCH(at, 176);
  for (int b = 0; b < 8; b++)
    group.codes[b] = _mm256_or_si256(ew_nibbles(at + 22 * b + 6), ew_fifths(at + 22 * b + 2));
  group.scales = ew_block_scales(at, 22);
  group.minima = _mm256_mul_ps(group.scales, _mm256_set1_ps(16));
  return group;
}

EW_INLINE ew_group ew_group_q5_1(const uint8_t* at) {
  ew_group group;
  EW_PREFETCH(at, 192);
  for (int b = 0; b < 8; b++)
    group.codes[b] = _mm256_or_si256(ew_nibbles(at + 24 * b + 8), ew_fifths(at + 24 * b + 4));
  group.scales = ew_block_scales(at, 24);
  group.minima = ew_block_minima(at, 24);
  return group;
}

/// Shifting words moves bits across bytes, but the one that the mask keeps comes from its own byte.
EW_INLINE ew_group ew_group_q5_k(const uint8_t* at) {
  const __m256i four = _mm256_set1_epi8(15), fifth = _mm256_set1_epi8(16);
  const __m256i high = _mm256_loadu_si256((const __m256i*)(at + 16));
  ew_group group;
  EW_PREFETCH(at, 176);
#pragma clang loop unroll(full)
  for (int pair = 0; pair < 4; pair++) {
    const __m256i bytes = _mm256_loadu_si256((const __m256i*)(at + 48 + 32 * pair));
    const __m256i even = pair < 2 ? _mm256_slli_epi16(high, 4 - 2 * pair) : _mm256_srli_epi16(high, 2 * pair - 4);
    const __m256i odd = pair < 2 ? _mm256_slli_epi16(high, 3 - 2 * pair) : _mm256_srli_epi16(high, 2 * pair - 3);
    group.codes[2 * pair] = _mm256_or_si256(_mm256_and_si256(bytes, four), _mm256_and_si256(even, fifth));
    group.codes[2 * pair + 1] =
        _mm256_or_si256(_mm256_and_si256(_mm256_srli_epi16(bytes, 4), four), _mm256_and_si256(odd, fifth));
  }
  ew_factors_q4_k(at, &group.scales, &group.minima);
  return group;
}
