// What the inner loops over a panel share in tiers of 256-bit registers: 8 rows and up to EW_TILE tokens.
#include "panel_x86.h"

typedef struct {
  const int8_t* codes;
  const float* scales;
  const float* offsets;
  const int16_t* sums;
} column;

/// The activations of `count` tokens, constant where it is inlined, from block `block` on.
EW_INLINE void activations_of(const char* x, const ew_product* p, int count, size_t block, column out[EW_TILE]) {
  for (int t = 0; t < count; t++) {
    const ew_q8_row row = ew_q8_row_at(x + t * p->token_bytes, p->columns);
    out[t] = (column){row.codes + 32 * block, row.scales + block, row.offsets + block, row.sums + 2 * block};
  }
}

EW_INLINE __m256i broadcast4(const int8_t* codes) {
  int word;
  memcpy(&word, codes, 4);
  return _mm256_set1_epi32(word);
}

EW_INLINE __m256i weights_of(const panel* w, size_t b, int k) {
  return _mm256_load_si256((const __m256i*)w->codes[b][k]);
}

EW_INLINE void add_block(const panel* w, size_t b, const column* x, __m256i dot, __m256* sum) {
  const __m256 scaled = _mm256_mul_ps(_mm256_cvtepi32_ps(dot), _mm256_load_ps(w->scales[b]));
  *sum = _mm256_fmadd_ps(scaled, _mm256_broadcast_ss(x->scales + b), *sum);
  *sum = _mm256_fnmadd_ps(_mm256_load_ps(w->minima[b]), _mm256_broadcast_ss(x->offsets + b), *sum);
}

/// Of Q2_K, whose minima are integers of 16 columns each.
EW_INLINE void add_block_q2_k(const panel* w, size_t b, const column* x, __m256i dot, __m256* sum) {
  const __m256i minima = _mm256_load_si256((const __m256i*)w->minima[b]);
  const __m256i offsets = _mm256_madd_epi16(minima, broadcast4((const int8_t*)(x->sums + 2 * b)));
  const __m256 subtracted = _mm256_mul_ps(_mm256_cvtepi32_ps(offsets), _mm256_load_ps(w->scales[8 + b]));
  const __m256 both = _mm256_fmsub_ps(_mm256_cvtepi32_ps(dot), _mm256_load_ps(w->scales[b]), subtracted);
  *sum = _mm256_fmadd_ps(both, _mm256_broadcast_ss(x->scales + b), *sum);
}
