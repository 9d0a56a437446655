#pragma once
// Filling panels of 32 rows and 256 columns with AVX-512. The packed bytes of 16 rows are transposed as 32-bit words before they
// are taken apart into codes, so that half as much goes through the shuffles; a register then holds four columns of 16 rows.
#include "CKernels.h"
#include "groups_x86.h"
#include "transpose_avx512.h"
#include "transpose_x86.h"

typedef struct {
  /// (block of 32, four columns, row) of four unsigned codes each.
  uint8_t codes[8][8][32][4] __attribute__((aligned(64)));
  /// (block of 32, or of 16 for Q6_K, row).
  float scales[16][32] __attribute__((aligned(64)));
  /// (block of 32, row): what to subtract times a block's offset, where a format has one.
  float minima[8][32] __attribute__((aligned(64)));
} wide_panel;

EW_INLINE void put(wide_panel* out, int half, int block, int k, __m512i codes) {
  _mm512_store_si512(out->codes[block][k][16 * half], codes);
}

/// Writes eight f16 scales of each of 16 rows as f32, (block, row).
EW_INLINE void put_scales(const __m128i rows[16], wide_panel* out, int half) {
  __m256i a[8], b[8];
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) a[i] = _mm256_inserti128_si256(_mm256_castsi128_si256(rows[i]), rows[i + 8], 1);
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++) {
    b[2 * i] = _mm256_unpacklo_epi16(a[2 * i], a[2 * i + 1]);
    b[2 * i + 1] = _mm256_unpackhi_epi16(a[2 * i], a[2 * i + 1]);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 2; i++) {
    a[4 * i] = _mm256_unpacklo_epi32(b[4 * i], b[4 * i + 2]);
    a[4 * i + 1] = _mm256_unpackhi_epi32(b[4 * i], b[4 * i + 2]);
    a[4 * i + 2] = _mm256_unpacklo_epi32(b[4 * i + 1], b[4 * i + 3]);
    a[4 * i + 3] = _mm256_unpackhi_epi32(b[4 * i + 1], b[4 * i + 3]);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++) {
    _mm512_store_ps(&out->scales[2 * i][16 * half], _mm512_cvtph_ps(_mm256_unpacklo_epi64(a[i], a[4 + i])));
    _mm512_store_ps(&out->scales[2 * i + 1][16 * half], _mm512_cvtph_ps(_mm256_unpackhi_epi64(a[i], a[4 + i])));
  }
}

/// Bytes `at` ... `at + size` of each row, 64 < size <= 128, of which `index` picks 32 words: numbers from 32 on count from
/// size - 64.
EW_INLINE __m512i pick(const uint8_t* at, int size, __m512i index) {
  return _mm512_permutex2var_epi16(_mm512_loadu_si512(at), index, _mm512_loadu_si512(at + size - 64));
}

EW_INLINE void fill_wide_q4_0(const uint8_t* const rows[16], wide_panel* out, int half) {
  // Words 9 b + 1 ... 9 b + 8 of four blocks; those from 32 on are found four earlier in the second register.
  short words[32], firsts[32] = {0, 9, 18, 27};
  for (int i = 0; i < 32; i++) words[i] = (short)(9 * (i / 8) + 1 + i % 8 + (i >= 28 ? 28 : 0));
  const __m512i index = _mm512_loadu_si512(words), scale_index = _mm512_loadu_si512(firsts);
  const __m512i four = _mm512_set1_epi8(15);
  __m128i scales[2][16];
  for (int part = 0; part < 2; part++) {
    __m512i v[16];
#pragma clang loop unroll(full)
    for (int r = 0; r < 16; r++) {
      const uint8_t* at = rows[r] + 72 * part;
      v[r] = pick(at, 72, index);
      scales[part][r] = _mm512_castsi512_si128(_mm512_permutexvar_epi16(scale_index, _mm512_loadu_si512(at)));
    }
    transpose16(v);
    for (int i = 0; i < 16; i++) {
      put(out, half, 4 * part + i / 4, i % 4, _mm512_and_si512(v[i], four));
      put(out, half, 4 * part + i / 4, i % 4 + 4, _mm512_and_si512(_mm512_srli_epi16(v[i], 4), four));
    }
  }
  for (int r = 0; r < 16; r++) scales[0][r] = _mm_unpacklo_epi64(scales[0][r], scales[1][r]);
  put_scales(scales[0], out, half);
}

/// Signed codes plus 128, which the sums of the activations take off again.
EW_INLINE void fill_wide_q8_0(const uint8_t* const rows[16], wide_panel* out, int half) {
  // Words 1 ... 16 and 18 ... 33 of two blocks; those from 32 on are found two earlier in the second register.
  short words[32], firsts[32] = {0, 17};
  for (int i = 0; i < 32; i++) words[i] = (short)(17 * (i / 16) + 1 + i % 16 + (i >= 30 ? 30 : 0));
  const __m512i index = _mm512_loadu_si512(words), scale_index = _mm512_loadu_si512(firsts);
  const __m512i flip = _mm512_set1_epi8((char)0x80);
  __m128i scales[4][16];
  for (int part = 0; part < 4; part++) {
    __m512i v[16];
#pragma clang loop unroll(full)
    for (int r = 0; r < 16; r++) {
      const uint8_t* at = rows[r] + 68 * part;
      v[r] = pick(at, 68, index);
      scales[part][r] = _mm512_castsi512_si128(_mm512_permutexvar_epi16(scale_index, _mm512_loadu_si512(at)));
    }
    transpose16(v);
    for (int i = 0; i < 16; i++) put(out, half, 2 * part + i / 8, i % 8, _mm512_xor_si512(v[i], flip));
  }
  for (int r = 0; r < 16; r++)
    scales[0][r] = _mm_unpacklo_epi64(_mm_unpacklo_epi32(scales[0][r], scales[1][r]),
                                      _mm_unpacklo_epi32(scales[2][r], scales[3][r]));
  put_scales(scales[0], out, half);
}

/// The scales and minima of blocks that begin like Q4_K's.
EW_INLINE void put_factors_q4_k(const uint8_t* const rows[16], wide_panel* out, int half) {
  for (int part = 0; part < 2; part++) {
    __m256 scales[8], minima[8];
    for (int r = 0; r < 8; r++) ew_factors_q4_k(rows[8 * part + r], &scales[r], &minima[r]);
    transpose8((const __m256i*)scales, &out->scales[0][16 * half + 8 * part], sizeof out->scales[0]);
    transpose8((const __m256i*)minima, &out->minima[0][16 * half + 8 * part], sizeof out->minima[0]);
  }
}

EW_INLINE void fill_wide_q4_k(const uint8_t* const rows[16], wide_panel* out, int half) {
  const __m512i four = _mm512_set1_epi8(15);
  for (int part = 0; part < 2; part++) {
    __m512i v[16];
#pragma clang loop unroll(full)
    for (int r = 0; r < 16; r++) v[r] = _mm512_loadu_si512(rows[r] + 16 + 64 * part);
    transpose16(v);
    for (int i = 0; i < 16; i++) {
      const int block = 4 * part + i / 8 * 2;
      put(out, half, block, i % 8, _mm512_and_si512(v[i], four));
      put(out, half, block + 1, i % 8, _mm512_and_si512(_mm512_srli_epi16(v[i], 4), four));
    }
  }
  put_factors_q4_k(rows, out, half);
}

/// Sets bits 4 of `codes` from bits `block` of `fifths`.
EW_INLINE __m512i with_fifth(__m512i codes, __m512i fifths, int block) {
  const __m512i bits = block < 4 ? _mm512_slli_epi16(fifths, 4 - block) : _mm512_srli_epi16(fifths, block - 4);
  return _mm512_or_si512(codes, _mm512_and_si512(bits, _mm512_set1_epi8(16)));
}

EW_INLINE void fill_wide_q5_k(const uint8_t* const rows[16], wide_panel* out, int half) {
  const __m512i four = _mm512_set1_epi8(15);
  __m512i fifths[16];
#pragma clang loop unroll(full)
  for (int r = 0; r < 16; r++) fifths[r] = _mm512_castsi256_si512(_mm256_loadu_si256((const __m256i*)(rows[r] + 16)));
  transpose16(fifths);
#pragma clang loop unroll(full)
  for (int part = 0; part < 2; part++) {
    __m512i v[16];
#pragma clang loop unroll(full)
    for (int r = 0; r < 16; r++) v[r] = _mm512_loadu_si512(rows[r] + 48 + 64 * part);
    transpose16(v);
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i++) {
      const int block = 4 * part + i / 8 * 2;
      const __m512i high = _mm512_and_si512(_mm512_srli_epi16(v[i], 4), four);
      put(out, half, block, i % 8, with_fifth(_mm512_and_si512(v[i], four), fifths[i % 8], block));
      put(out, half, block + 1, i % 8, with_fifth(high, fifths[i % 8], block + 1));
    }
  }
  put_factors_q4_k(rows, out, half);
}

EW_INLINE void fill_wide_q6_k(const uint8_t* const rows[16], wide_panel* out, int half) {
  const __m512i four = _mm512_set1_epi8(15), two = _mm512_set1_epi8(0x30);
  __m512i upper[16];
#pragma clang loop unroll(full)
  for (int r = 0; r < 16; r++) upper[r] = _mm512_loadu_si512(rows[r] + 128);
  transpose16(upper);
  for (int part = 0; part < 2; part++) {
    __m512i v[16];
#pragma clang loop unroll(full)
    for (int r = 0; r < 16; r++) v[r] = _mm512_loadu_si512(rows[r] + 64 * part);
    transpose16(v);
    for (int i = 0; i < 8; i++) {
      const __m512i bits = upper[8 * part + i], first = v[i], second = v[8 + i];
      const __m512i high = _mm512_and_si512(_mm512_srli_epi16(first, 4), four);
      const __m512i highest = _mm512_and_si512(_mm512_srli_epi16(second, 4), four);
      put(out, half, 4 * part, i,
          _mm512_or_si512(_mm512_and_si512(first, four), _mm512_and_si512(_mm512_slli_epi16(bits, 4), two)));
      put(out, half, 4 * part + 1, i,
          _mm512_or_si512(_mm512_and_si512(second, four), _mm512_and_si512(_mm512_slli_epi16(bits, 2), two)));
      put(out, half, 4 * part + 2, i, _mm512_or_si512(high, _mm512_and_si512(bits, two)));
      put(out, half, 4 * part + 3, i, _mm512_or_si512(highest, _mm512_and_si512(_mm512_srli_epi16(bits, 2), two)));
    }
  }
  for (int part = 0; part < 2; part++) {
    __m256 scales[2][8];
    for (int r = 0; r < 8; r++) {
      const uint8_t* at = rows[8 * part + r];
      uint16_t bits;
      memcpy(&bits, at + 208, 2);
      const __m256 scale = _mm256_set1_ps(_cvtsh_ss(bits));
      for (int s = 0; s < 2; s++) {
        const __m128i bytes = _mm_loadl_epi64((const __m128i*)(at + 192 + 8 * s));
        scales[s][r] = _mm256_mul_ps(scale, _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes)));
      }
    }
    for (int s = 0; s < 2; s++)
      transpose8((const __m256i*)scales[s], &out->scales[8 * s][16 * half + 8 * part], sizeof out->scales[0]);
  }
}
