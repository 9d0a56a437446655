// The inner loops over a panel with AVX2, as tiles_avx2.h, with weights of the formats beyond those in it.
#include "panel_loads_x86.h"

/// Codes up to 31 allow four additions in 16 bits (4 * 2 * 31 * 127 = 31,496).
EW_INLINE void block_fives(const panel* w, size_t b, const column* x, int count, __m256* sums) {
  __m256i dots[4], chains[4];
  for (int t = 0; t < count; t++) dots[t] = _mm256_setzero_si256();
#pragma clang loop unroll(full)
  for (int half = 0; half < 2; half++) {
    for (int t = 0; t < count; t++) chains[t] = _mm256_setzero_si256();
#pragma clang loop unroll(full)
    for (int k = 4 * half; k < 4 * half + 4; k++) {
      const __m256i codes = weights_of(w, b, k);
      for (int t = 0; t < count; t++)
        chains[t] = _mm256_add_epi16(chains[t], _mm256_maddubs_epi16(codes, broadcast4(x[t].codes + 32 * b + 4 * k)));
    }
    for (int t = 0; t < count; t++) dots[t] = _mm256_add_epi32(dots[t], widened(chains[t]));
  }
  for (int t = 0; t < count; t++) add_block(w, b, &x[t], dots[t], &sums[t]);
}

/// Codes up to 45 allow two additions in 16 bits (2 * 2 * 45 * 127 = 22,860).
EW_INLINE void block_q2_k(const panel* w, size_t b, const column* x, int count, __m256* sums) {
  __m256i dots[4];
  for (int t = 0; t < count; t++) dots[t] = _mm256_setzero_si256();
#pragma clang loop unroll(full)
  for (int k = 0; k < 8; k += 2) {
    const __m256i first = weights_of(w, b, k), second = weights_of(w, b, k + 1);
    for (int t = 0; t < count; t++) {
      const int8_t* codes = x[t].codes + 32 * b + 4 * k;
      const __m256i chain = _mm256_add_epi16(_mm256_maddubs_epi16(first, broadcast4(codes)),
                                             _mm256_maddubs_epi16(second, broadcast4(codes + 4)));
      dots[t] = _mm256_add_epi32(dots[t], widened(chain));
    }
  }
  for (int t = 0; t < count; t++) add_block_q2_k(w, b, &x[t], dots[t], &sums[t]);
}

EW_TILES(q4_1, block_nibbles)
EW_TILES(q5_0, block_fives)
EW_TILES(q5_1, block_fives)
EW_TILES(q5_k, block_fives)
EW_TILES(mxfp4, block_fives)
EW_TILES(iq4_nl, block_bytes)
EW_TILES(iq4_xs, block_bytes)
EW_TILES(q3_k, block_bytes)
EW_TILES(q2_k, block_q2_k)

EW_PANELS
EW_PANEL(q5_k, 176, 1, 1)
