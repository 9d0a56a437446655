// Products of few tokens, as rows_avx2.h, with weights of the formats beyond those in it.
#include "groups_fives_x86.h"
#include "groups_sixteens_x86.h"
#include "groups_tables_x86.h"

#define EW_STEP(format, signs)                                                                                         \
  EW_INLINE void step_##format(const uint8_t* at, const ew_q8_row* x, int tokens, size_t group, partial* into) {       \
    const ew_group w = ew_group_##format(at);                                                                          \
    for (int t = 0; t < tokens; t++) step_##signs(&w, &x[t], group, &into[t]);                                         \
  }

EW_STEP(q4_1, unsigned)
EW_STEP(q5_0, unsigned)
EW_STEP(q5_1, unsigned)
EW_STEP(q5_k, unsigned)
EW_STEP(mxfp4, unsigned)
EW_STEP(iq4_nl, signed)
EW_STEP(iq4_xs, signed)

/// Adds sum of factors * codes; a lane's products stay below 2 * 7 * 127 * 32 * 2 = 113,792.
EW_INLINE void step_sixteens(const ew_sixteens* w, const ew_q8_row* x, size_t group, partial* into) {
  // Factors of the first halves of the blocks of 32 in the lower lane, of the second halves in the upper one.
  const __m128i split =
      _mm_shuffle_epi8(w->factors, _mm_setr_epi8(0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15));
  const __m256i halves = _mm256_cvtepi8_epi16(split);
  const __m256 factors = _mm256_mul_ps(_mm256_set1_ps(w->scale), _mm256_load_ps(x->scales + 8 * group));
  ACCUMULATE(into, factors,
             _mm256_madd_epi16(_mm256_maddubs_epi16(w->codes[b], load_codes(x, group, b)),
                               _mm256_shuffle_epi8(halves, _mm256_set1_epi16((short)(2 * b | (2 * b + 1) << 8)))));
}

/// Adds to the offsets scale * x_scale * (integers of two sub-blocks times their sums of codes).
EW_INLINE void subtract_sixteens(float scale, __m256i integers, const ew_q8_row* x, size_t group, partial* into) {
  const __m256i sums = _mm256_loadu_si256((const __m256i*)(x->sums + 16 * group));
  const __m256 factors = _mm256_mul_ps(_mm256_set1_ps(scale), _mm256_load_ps(x->scales + 8 * group));
  into->offsets = _mm256_fmadd_ps(factors, _mm256_cvtepi32_ps(_mm256_madd_epi16(integers, sums)), into->offsets);
}

EW_INLINE void step_q2_k(const uint8_t* at, const ew_q8_row* x, int tokens, size_t group, partial* into) {
  const ew_sixteens w = ew_sixteens_q2_k(at);
  const __m256i minima = _mm256_cvtepu8_epi16(ew_minima_q2_k(at));
  const float minimum = ew_half_at(at + 82);
  for (int t = 0; t < tokens; t++) {
    subtract_sixteens(minimum, minima, &x[t], group, &into[t]);
    step_sixteens(&w, &x[t], group, &into[t]);
  }
}

EW_INLINE void step_q3_k(const uint8_t* at, const ew_q8_row* x, int tokens, size_t group, partial* into) {
  const ew_sixteens w = ew_sixteens_q3_k(at);
  const __m256i fours = _mm256_slli_epi16(_mm256_cvtepi8_epi16(w.factors), 2);
  for (int t = 0; t < tokens; t++) {
    subtract_sixteens(w.scale, fours, &x[t], group, &into[t]);
    step_sixteens(&w, &x[t], group, &into[t]);
  }
}

EW_ROWS(q4_1, 160, step_q4_1)
EW_ROWS(q5_0, 176, step_q5_0)
EW_ROWS(q5_1, 192, step_q5_1)
EW_ROWS(q5_k, 176, step_q5_k)
EW_ROWS(mxfp4, 136, step_mxfp4)
EW_ROWS(iq4_nl, 144, step_iq4_nl)
EW_ROWS(iq4_xs, 136, step_iq4_xs)
EW_ROWS(q2_k, 84, step_q2_k)
EW_ROWS(q3_k, 110, step_q3_k)
