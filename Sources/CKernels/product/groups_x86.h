#pragma once
// 256 weights of one row as eight vectors of 32 codes, for tiers of 256-bit registers: w[i] = scales[b] * codes - minima[b], b = i / 32.
// Included under a target attribute with AVX2, FMA and F16C.
#include "../codec/blocks.h"
#include <immintrin.h>
#include <string.h>

#define EW_INLINE static inline __attribute__((always_inline))

typedef struct {
  /// Unsigned codes; for Q8_0 the signed ones.
  __m256i codes[8];
  __m256 scales;
  __m256 minima;
} ew_group;

/// Fetches the lines of `bytes` bytes from 4 KiB ahead of `at`; an address that does not exist is no fault.
#define EW_PREFETCH(at, bytes)                                                                                         \
  _Pragma("clang loop unroll(full)") for (int line = 0; line < (bytes); line += 64)                                    \
      _mm_prefetch((const char*)(at) + 4096 + line, _MM_HINT_T0)

/// The f16 numbers at the start of eight blocks of `size` bytes each.
EW_INLINE __m256 ew_block_scales(const uint8_t* at, size_t size) {
  uint16_t bits[8];
  for (int b = 0; b < 8; b++) memcpy(&bits[b], at + b * size, 2);
  return _mm256_cvtph_ps(_mm_set_epi16((short)bits[7], (short)bits[6], (short)bits[5], (short)bits[4], (short)bits[3],
                                       (short)bits[2], (short)bits[1], (short)bits[0]));
}

/// The low nibbles of 16 bytes, then their high ones.
EW_INLINE __m256i ew_nibbles(const uint8_t* at) {
  const __m256i twice = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i*)at));
  const __m256i shifted = _mm256_srlv_epi32(twice, _mm256_setr_epi32(0, 0, 0, 0, 4, 4, 4, 4));
  return _mm256_and_si256(shifted, _mm256_set1_epi8(15));
}

EW_INLINE ew_group ew_group_q4_0(const uint8_t* at) {
  ew_group group;
  EW_PREFETCH(at, 144);
  for (int b = 0; b < 8; b++) group.codes[b] = ew_nibbles(at + 18 * b + 2);
  group.scales = ew_block_scales(at, 18);
  group.minima = _mm256_mul_ps(group.scales, _mm256_set1_ps(8));
  return group;
}

EW_INLINE ew_group ew_group_q8_0(const uint8_t* at) {
  ew_group group;
  EW_PREFETCH(at, 272);
  for (int b = 0; b < 8; b++) group.codes[b] = _mm256_loadu_si256((const __m256i*)(at + 34 * b + 2));
  group.scales = ew_block_scales(at, 34);
  group.minima = _mm256_setzero_ps();
  return group;
}

/// The scales and minima of a Q4_K block.
EW_INLINE void ew_factors_q4_k(const uint8_t* at, __m256* scales, __m256* minima) {
  const __m128i head = _mm_loadu_si128((const __m128i*)at);
  // Scales 0...3 whole, the nibbles, minima 0...3 whole, the nibbles; then what has the upper bits of numbers 4...7.
  const __m128i whole = _mm_shuffle_epi8(head, _mm_setr_epi8(4, 5, 6, 7, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
  const __m128i upper = _mm_shuffle_epi8(head, _mm_setr_epi8(-1, -1, -1, -1, 4, 5, 6, 7, -1, -1, -1, -1, 8, 9, 10, 11));
  const __m128i low = _mm_and_si128(whole, _mm_setr_epi32(0x3f3f3f3f, 0x0f0f0f0f, 0x3f3f3f3f, 0));
  const __m128i high = _mm_and_si128(_mm_srli_epi16(whole, 4), _mm_setr_epi32(0, 0, 0, 0x0f0f0f0f));
  const __m128i bits = _mm_and_si128(_mm_srli_epi16(upper, 2), _mm_set1_epi8(0x30));
  const __m128i all = _mm_or_si128(_mm_or_si128(low, high), bits);
  const __m128 halves = _mm_cvtph_ps(head);
  *scales = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(all)), _mm256_broadcastss_ps(halves));
  *minima = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_srli_si128(all, 8))),
                          _mm256_broadcastss_ps(_mm_movehdup_ps(halves)));
}

EW_INLINE ew_group ew_group_q4_k(const uint8_t* at) {
  ew_group group;
  EW_PREFETCH(at, 144);
  for (int pair = 0; pair < 4; pair++) {
    const __m256i bytes = _mm256_loadu_si256((const __m256i*)(at + 16 + 32 * pair));
    group.codes[2 * pair] = _mm256_and_si256(bytes, _mm256_set1_epi8(15));
    group.codes[2 * pair + 1] = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(15));
  }
  ew_factors_q4_k(at, &group.scales, &group.minima);
  return group;
}

/// The codes 0...63 of a Q6_K block; its scales belong to 16 values each and are left to the caller.
EW_INLINE void ew_codes_q6_k(const uint8_t* at, __m256i codes[8]) {
  const __m256i four = _mm256_set1_epi8(15), two = _mm256_set1_epi8(0x30);
  EW_PREFETCH(at, 210);
  for (int half = 0; half < 2; half++) {
    const __m256i first = _mm256_loadu_si256((const __m256i*)(at + 64 * half));
    const __m256i second = _mm256_loadu_si256((const __m256i*)(at + 64 * half + 32));
    const __m256i high = _mm256_loadu_si256((const __m256i*)(at + 128 + 32 * half));
    __m256i* out = codes + 4 * half;
    out[0] = _mm256_or_si256(_mm256_and_si256(first, four), _mm256_and_si256(_mm256_slli_epi16(high, 4), two));
    out[1] = _mm256_or_si256(_mm256_and_si256(second, four), _mm256_and_si256(_mm256_slli_epi16(high, 2), two));
    out[2] = _mm256_or_si256(_mm256_and_si256(_mm256_srli_epi16(first, 4), four), _mm256_and_si256(high, two));
    out[3] = _mm256_or_si256(_mm256_and_si256(_mm256_srli_epi16(second, 4), four),
                             _mm256_and_si256(_mm256_srli_epi16(high, 2), two));
  }
}
