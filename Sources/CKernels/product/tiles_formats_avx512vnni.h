// The inner loops over a panel with AVX-512 VNNI, as tiles_avx512vnni.h, with weights of the formats beyond those in it.
#include "panel_loads_x86.h"

/// The minima are integers of 16 values each.
EW_INLINE void block_q2_k(const panel* w, size_t b, const column* x, int count, __m512* sums) {
  __m512i dots[8];
  for (int t = 0; t < count; t++) dots[t] = _mm512_setzero_si512();
#pragma clang loop unroll(full)
  for (int k = 0; k < 8; k++) {
    const __m512i codes = weights_of(w, b, k);
    for (int t = 0; t < count; t++) dots[t] = dot4(dots[t], codes, x[t].codes + 32 * b + 4 * k);
  }
  const __m512i minima = _mm512_load_si512(w->minima[b]);
  const __m512 scales = _mm512_load_ps(w->scales[b]), minimum = _mm512_load_ps(w->scales[8 + b]);
  for (int t = 0; t < count; t++) {
    int word;
    memcpy(&word, x[t].sums + 2 * b, 4);
    const __m512i offsets = _mm512_madd_epi16(minima, _mm512_set1_epi32(word));
    const __m512 subtracted = _mm512_mul_ps(_mm512_cvtepi32_ps(offsets), minimum);
    const __m512 both = _mm512_fmsub_ps(_mm512_cvtepi32_ps(dots[t]), scales, subtracted);
    sums[t] = _mm512_fmadd_ps(both, _mm512_set1_ps(x[t].scales[b]), sums[t]);
  }
}

EW_TILES(q4_1, block_thirtytwo)
EW_TILES(q5_0, block_thirtytwo)
EW_TILES(q5_1, block_thirtytwo)
EW_TILES(mxfp4, block_thirtytwo)
EW_TILES(iq4_nl, block_thirtytwo)
EW_TILES(iq4_xs, block_thirtytwo)
EW_TILES(q3_k, block_thirtytwo)
EW_TILES(q2_k, block_q2_k)

EW_PANELS
