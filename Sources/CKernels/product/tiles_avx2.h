// The inner loops over a panel with AVX2: 8 rows and up to 4 tokens. Products of two pairs stay in 16 bits as long as that is
// exact: codes up to 15 allow eight additions (8 * 2 * 15 * 127 = 30,480), codes up to 63 two (4 * 63 * 127 = 32,004).
#include "tiles_x86.h"

EW_INLINE __m256i widened(__m256i pairs) { return _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)); }

EW_INLINE void block_nibbles(const panel* w, size_t b, const column* x, int count, __m256* sums) {
  __m256i chains[4];
  for (int t = 0; t < count; t++) chains[t] = _mm256_setzero_si256();
#pragma clang loop unroll(full)
  for (int k = 0; k < 8; k++) {
    const __m256i codes = weights_of(w, b, k);
    for (int t = 0; t < count; t++)
      chains[t] = _mm256_add_epi16(chains[t], _mm256_maddubs_epi16(codes, broadcast4(x[t].codes + 32 * b + 4 * k)));
  }
  for (int t = 0; t < count; t++) add_block(w, b, &x[t], widened(chains[t]), &sums[t]);
}

/// Codes up to 255 as two nibbles, each with a chain of its own.
EW_INLINE void block_bytes(const panel* w, size_t b, const column* x, int count, __m256* sums) {
  const __m256i four = _mm256_set1_epi8(15);
  __m256i low[4], high[4];
  for (int t = 0; t < count; t++) low[t] = high[t] = _mm256_setzero_si256();
#pragma clang loop unroll(full)
  for (int k = 0; k < 8; k++) {
    const __m256i codes = weights_of(w, b, k);
    const __m256i lower = _mm256_and_si256(codes, four), upper = _mm256_and_si256(_mm256_srli_epi16(codes, 4), four);
    for (int t = 0; t < count; t++) {
      const __m256i four_of_x = broadcast4(x[t].codes + 32 * b + 4 * k);
      low[t] = _mm256_add_epi16(low[t], _mm256_maddubs_epi16(lower, four_of_x));
      high[t] = _mm256_add_epi16(high[t], _mm256_maddubs_epi16(upper, four_of_x));
    }
  }
  for (int t = 0; t < count; t++) {
    const __m256i dot = _mm256_add_epi32(widened(low[t]), _mm256_slli_epi32(widened(high[t]), 4));
    add_block(w, b, &x[t], dot, &sums[t]);
  }
}

/// Two scales to a block; the offset of 32 is taken off in integers.
EW_INLINE void block_sixteens(const panel* w, size_t b, const column* x, int count, __m256* sums) {
  __m256 scaled[4];
#pragma clang loop unroll(full)
  for (int half = 0; half < 2; half++) {
    __m256i dots[4];
    for (int t = 0; t < count; t++) dots[t] = _mm256_set1_epi32(-32 * x[t].sums[2 * b + half]);
#pragma clang loop unroll(full)
    for (int k = 4 * half; k < 4 * half + 4; k += 2) {
      const __m256i first = weights_of(w, b, k), second = weights_of(w, b, k + 1);
      for (int t = 0; t < count; t++) {
        const int8_t* codes = x[t].codes + 32 * b + 4 * k;
        const __m256i chain = _mm256_add_epi16(_mm256_maddubs_epi16(first, broadcast4(codes)),
                                               _mm256_maddubs_epi16(second, broadcast4(codes + 4)));
        dots[t] = _mm256_add_epi32(dots[t], widened(chain));
      }
    }
    const __m256 scales = _mm256_load_ps(w->scales[2 * b + half]);
    for (int t = 0; t < count; t++) {
      const __m256 dot = _mm256_cvtepi32_ps(dots[t]);
      scaled[t] = half ? _mm256_fmadd_ps(dot, scales, scaled[t]) : _mm256_mul_ps(dot, scales);
    }
  }
  for (int t = 0; t < count; t++) sums[t] = _mm256_fmadd_ps(scaled[t], _mm256_broadcast_ss(x[t].scales + b), sums[t]);
}

#define EW_TILES(format, add)                                                                                          \
  EW_INLINE void tile_of_##format(const panel* w, const char* x, const ew_product* p, int count, size_t block,         \
                                  size_t blocks, float (*sums)[EW_LANES]) {                                            \
    column columns[4];                                                                                                 \
    __m256 kept[4];                                                                                                    \
    activations_of(x, p, count, block, columns);                                                                       \
    for (int t = 0; t < count; t++) kept[t] = _mm256_load_ps(sums[t]);                                                 \
    for (size_t b = 0; b < blocks; b++) add(w, b, columns, count, kept);                                               \
    for (int t = 0; t < count; t++) _mm256_store_ps(sums[t], kept[t]);                                                 \
  }                                                                                                                    \
  static void tile_##format(const panel* w, const char* x, const ew_product* p, size_t tokens, size_t block,           \
                            size_t blocks, float (*sums)[EW_LANES]) {                                                  \
    if (tokens == 4) return tile_of_##format(w, x, p, 4, block, blocks, sums);                                         \
    for (size_t t = 0; t < tokens; t++) tile_of_##format(w, x + t * p->token_bytes, p, 1, block, blocks, sums + t);    \
  }

EW_TILES(q4_0, block_nibbles)
EW_TILES(q4_k, block_nibbles)
EW_TILES(q8_0, block_bytes)
EW_TILES(q6_k, block_sixteens)

EW_PANEL(q4_0, 144, 1, 1)
EW_PANEL(q4_k, 144, 1, 1)
EW_PANEL(q8_0, 272, 1, 1)
EW_PANEL(q6_k, 210, 2, 0)
