// The inner loops over a panel with AVX-VNNI: 8 rows and up to 6 tokens (6 dot products, 6 sums, codes and a broadcast within 16
// registers); four products at a time are added in 32 bits.
#include "tiles_x86.h"
#include "panel_loads_x86.h"

EW_INLINE __m256i dot_x(__m256i sum, __m256i codes, const int8_t* x) { return EW_DPBUSD(sum, codes, broadcast4(x)); }

EW_INLINE void dots_of(const panel* w, size_t b, const column* x, int count, int begin, int end, __m256i* dots) {
#pragma clang loop unroll(full)
  for (int k = begin; k < end; k++) {
    const __m256i codes = weights_of(w, b, k);
    for (int t = 0; t < count; t++) dots[t] = dot_x(dots[t], codes, x[t].codes + 32 * b + 4 * k);
  }
}

EW_INLINE void block_thirtytwo(const panel* w, size_t b, const column* x, int count, __m256* sums) {
  __m256i dots[EW_TILE];
  for (int t = 0; t < count; t++) dots[t] = _mm256_setzero_si256();
  dots_of(w, b, x, count, 0, 8, dots);
  for (int t = 0; t < count; t++) add_block(w, b, &x[t], dots[t], &sums[t]);
}

/// Two scales to a block; the offset of 32 is taken off in integers.
EW_INLINE void block_sixteens(const panel* w, size_t b, const column* x, int count, __m256* sums) {
  __m256 scaled[EW_TILE];
#pragma clang loop unroll(full)
  for (int half = 0; half < 2; half++) {
    __m256i dots[EW_TILE];
    for (int t = 0; t < count; t++) dots[t] = _mm256_set1_epi32(-32 * x[t].sums[2 * b + half]);
    dots_of(w, b, x, count, 4 * half, 4 * half + 4, dots);
    const __m256 scales = _mm256_load_ps(w->scales[2 * b + half]);
    for (int t = 0; t < count; t++) {
      const __m256 dot = _mm256_cvtepi32_ps(dots[t]);
      scaled[t] = half ? _mm256_fmadd_ps(dot, scales, scaled[t]) : _mm256_mul_ps(dot, scales);
    }
  }
  for (int t = 0; t < count; t++) sums[t] = _mm256_fmadd_ps(scaled[t], _mm256_broadcast_ss(x[t].scales + b), sums[t]);
}

/// The minima are integers of 16 values each.
EW_INLINE void block_q2_k(const panel* w, size_t b, const column* x, int count, __m256* sums) {
  __m256i dots[EW_TILE];
  for (int t = 0; t < count; t++) dots[t] = _mm256_setzero_si256();
  dots_of(w, b, x, count, 0, 8, dots);
  for (int t = 0; t < count; t++) add_block_q2_k(w, b, &x[t], dots[t], &sums[t]);
}

#define EW_TILES(format, add)                                                                                          \
  EW_INLINE void tile_of_##format(const panel* w, const char* x, const ew_product* p, int count, size_t block,         \
                                  size_t blocks, float (*sums)[EW_LANES]) {                                            \
    column columns[EW_TILE];                                                                                           \
    __m256 kept[EW_TILE];                                                                                              \
    activations_of(x, p, count, block, columns);                                                                       \
    for (int t = 0; t < count; t++) kept[t] = _mm256_load_ps(sums[t]);                                                 \
    for (size_t b = 0; b < blocks; b++) add(w, b, columns, count, kept);                                               \
    for (int t = 0; t < count; t++) _mm256_store_ps(sums[t], kept[t]);                                                 \
  }                                                                                                                    \
  static void tile_##format(const panel* w, const char* x, const ew_product* p, size_t tokens, size_t block,           \
                            size_t blocks, float (*sums)[EW_LANES]) {                                                  \
    size_t t = 0;                                                                                                      \
    if (tokens == EW_TILE) return tile_of_##format(w, x, p, EW_TILE, block, blocks, sums);                             \
    for (; t + 2 <= tokens; t += 2) tile_of_##format(w, x + t * p->token_bytes, p, 2, block, blocks, sums + t);        \
    if (t < tokens) tile_of_##format(w, x + t * p->token_bytes, p, 1, block, blocks, sums + t);                        \
  }

EW_TILES(q4_0, block_thirtytwo)
EW_TILES(q4_1, block_thirtytwo)
EW_TILES(q5_0, block_thirtytwo)
EW_TILES(q5_1, block_thirtytwo)
EW_TILES(q8_0, block_thirtytwo)
EW_TILES(q2_k, block_q2_k)
EW_TILES(q3_k, block_thirtytwo)
EW_TILES(q4_k, block_thirtytwo)
EW_TILES(q5_k, block_thirtytwo)
EW_TILES(q6_k, block_sixteens)
EW_TILES(iq4_nl, block_thirtytwo)
EW_TILES(iq4_xs, block_thirtytwo)
EW_TILES(mxfp4, block_thirtytwo)

EW_PANEL(q4_0, 144, 1, 1)
EW_PANEL(q4_k, 144, 1, 1)
EW_PANEL(q8_0, 272, 1, 1)
EW_PANEL(q6_k, 210, 2, 0)
EW_PANELS
EW_PANEL(q5_k, 176, 1, 1)
