#pragma once
// Included under a target attribute with AVX-512.
#include <immintrin.h>

/// v[i] becomes word i of all rows, where v[r] was the 16 words of row r.
static inline __attribute__((always_inline)) void transpose16(__m512i v[16]) {
  __m512i a[16], b[16];
#pragma clang loop unroll(full)
  for (int i = 0; i < 16; i += 2) {
    a[i] = _mm512_unpacklo_epi32(v[i], v[i + 1]);
    a[i + 1] = _mm512_unpackhi_epi32(v[i], v[i + 1]);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 16; i += 4) {
    b[i] = _mm512_unpacklo_epi64(a[i], a[i + 2]);
    b[i + 1] = _mm512_unpackhi_epi64(a[i], a[i + 2]);
    b[i + 2] = _mm512_unpacklo_epi64(a[i + 1], a[i + 3]);
    b[i + 3] = _mm512_unpackhi_epi64(a[i + 1], a[i + 3]);
  }
  // b[4 q + j] has word j of each quarter of rows 4 q ... 4 q + 3.
#pragma clang loop unroll(full)
  for (int j = 0; j < 4; j++) {
    const __m512i low = _mm512_shuffle_i32x4(b[j], b[4 + j], 0x88), odd = _mm512_shuffle_i32x4(b[j], b[4 + j], 0xdd);
    const __m512i high = _mm512_shuffle_i32x4(b[8 + j], b[12 + j], 0x88);
    const __m512i last = _mm512_shuffle_i32x4(b[8 + j], b[12 + j], 0xdd);
    v[j] = _mm512_shuffle_i32x4(low, high, 0x88);
    v[4 + j] = _mm512_shuffle_i32x4(odd, last, 0x88);
    v[8 + j] = _mm512_shuffle_i32x4(low, high, 0xdd);
    v[12 + j] = _mm512_shuffle_i32x4(odd, last, 0xdd);
  }
}
