// The inner loops over a panel with AVX-512 VNNI: 16 rows and up to 8 tokens; four products at a time are added in 32 bits.
#include "panel_x86.h"

typedef struct {
  const int8_t* codes;
  const float* scales;
  const float* offsets;
  const int16_t* sums;
} column;

/// The activations of `count` tokens, constant where it is inlined, from block `block` on.
EW_INLINE void activations_of(const char* x, const ew_product* p, int count, size_t block, column out[8]) {
  for (int t = 0; t < count; t++) {
    const ew_q8_row row = ew_q8_row_at(x + t * p->token_bytes, p->columns);
    out[t] = (column){row.codes + 32 * block, row.scales + block, row.offsets + block, row.sums + 2 * block};
  }
}

EW_INLINE __m512i dot4(__m512i sum, __m512i codes, const int8_t* x) {
  int word;
  memcpy(&word, x, 4);
  return _mm512_dpbusd_epi32(sum, codes, _mm512_set1_epi32(word));
}

EW_INLINE __m512i weights_of(const panel* w, size_t b, int k) { return _mm512_load_si512(w->codes[b][k]); }

EW_INLINE void block_thirtytwo(const panel* w, size_t b, const column* x, int count, __m512* sums) {
  __m512i dots[8];
  for (int t = 0; t < count; t++) dots[t] = _mm512_setzero_si512();
#pragma clang loop unroll(full)
  for (int k = 0; k < 8; k++) {
    const __m512i codes = weights_of(w, b, k);
    for (int t = 0; t < count; t++) dots[t] = dot4(dots[t], codes, x[t].codes + 32 * b + 4 * k);
  }
  const __m512 scales = _mm512_load_ps(w->scales[b]), minima = _mm512_load_ps(w->minima[b]);
  for (int t = 0; t < count; t++) {
    const __m512 scaled = _mm512_mul_ps(_mm512_cvtepi32_ps(dots[t]), scales);
    sums[t] = _mm512_fmadd_ps(scaled, _mm512_set1_ps(x[t].scales[b]), sums[t]);
    sums[t] = _mm512_fnmadd_ps(minima, _mm512_set1_ps(x[t].offsets[b]), sums[t]);
  }
}

#define EW_TILES(format, add)                                                                                          \
  EW_INLINE void tile_of_##format(const panel* w, const char* x, const ew_product* p, int count, size_t block,         \
                                  size_t blocks, float (*sums)[EW_LANES]) {                                            \
    column columns[8];                                                                                                 \
    __m512 kept[8];                                                                                                    \
    activations_of(x, p, count, block, columns);                                                                       \
    for (int t = 0; t < count; t++) kept[t] = _mm512_load_ps(sums[t]);                                                 \
    for (size_t b = 0; b < blocks; b++) add(w, b, columns, count, kept);                                               \
    for (int t = 0; t < count; t++) _mm512_store_ps(sums[t], kept[t]);                                                 \
  }                                                                                                                    \
  static void tile_##format(const panel* w, const char* x, const ew_product* p, size_t tokens, size_t block,           \
                            size_t blocks, float (*sums)[EW_LANES]) {                                                  \
    size_t t = 0;                                                                                                      \
    if (tokens == 8) return tile_of_##format(w, x, p, 8, block, blocks, sums);                                         \
    for (; t + 4 <= tokens; t += 4) tile_of_##format(w, x + t * p->token_bytes, p, 4, block, blocks, sums + t);        \
    for (; t < tokens; t++) tile_of_##format(w, x + t * p->token_bytes, p, 1, block, blocks, sums + t);                \
  }
