#pragma once
// Included under a target attribute with AVX2.
#include <immintrin.h>
#include <stddef.h>

/// Writes the transposed square of eight rows of 32-bit numbers at `to`, whose rows are `stride` bytes apart.
static inline __attribute__((always_inline)) void transpose8(const __m256i in[8], void* to, size_t stride) {
  __m256i pairs[8], fours[8];
  for (int i = 0; i < 4; i++) {
    pairs[2 * i] = _mm256_unpacklo_epi32(in[2 * i], in[2 * i + 1]);
    pairs[2 * i + 1] = _mm256_unpackhi_epi32(in[2 * i], in[2 * i + 1]);
  }
  for (int i = 0; i < 2; i++) {
    fours[4 * i] = _mm256_unpacklo_epi64(pairs[4 * i], pairs[4 * i + 2]);
    fours[4 * i + 1] = _mm256_unpackhi_epi64(pairs[4 * i], pairs[4 * i + 2]);
    fours[4 * i + 2] = _mm256_unpacklo_epi64(pairs[4 * i + 1], pairs[4 * i + 3]);
    fours[4 * i + 3] = _mm256_unpackhi_epi64(pairs[4 * i + 1], pairs[4 * i + 3]);
  }
  for (int i = 0; i < 4; i++) {
    _mm256_store_si256((__m256i*)((char*)to + i * stride), _mm256_permute2x128_si256(fours[i], fours[4 + i], 0x20));
    _mm256_store_si256((__m256i*)((char*)to + (i + 4) * stride),
                       _mm256_permute2x128_si256(fours[i], fours[4 + i], 0x31));
  }
}
