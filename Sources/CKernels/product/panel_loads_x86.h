#pragma once
// Rows of a panel in the formats that panel_x86.h, which is included before, does not load itself.
#include "groups_fives_x86.h"
#include "groups_sixteens_x86.h"
#include "groups_tables_x86.h"

#define EW_LOAD_UNSIGNED(format)                                                                                       \
  EW_INLINE void load_##format(const uint8_t* at, square* rows, int r) {                                               \
    const ew_group w = ew_group_##format(at);                                                                          \
    keep(rows, r, &w, _mm256_setzero_si256());                                                                         \
  }

/// Signed codes plus 128, which the minimum takes off again.
#define EW_LOAD_SIGNED(format)                                                                                         \
  EW_INLINE void load_##format(const uint8_t* at, square* rows, int r) {                                               \
    ew_group w = ew_group_##format(at);                                                                                \
    w.minima = _mm256_mul_ps(w.scales, _mm256_set1_ps(128));                                                           \
    keep(rows, r, &w, _mm256_set1_epi8((char)0x80));                                                                   \
  }

EW_LOAD_UNSIGNED(q4_1)
EW_LOAD_UNSIGNED(q5_0)
EW_LOAD_UNSIGNED(q5_1)
EW_LOAD_UNSIGNED(q5_k)
EW_LOAD_UNSIGNED(mxfp4)
EW_LOAD_SIGNED(iq4_nl)
EW_LOAD_SIGNED(iq4_xs)
EW_LOAD_SIGNED(q3_k)

/// Codes times factors, whose scale is the same for all blocks. In the second half of the scales is that of the minima, and in
/// the minima the pairs of 16-bit integers that it multiplies.
EW_INLINE void load_q2_k(const uint8_t* at, square* rows, int r) {
  ew_group w = ew_group_q2_k(at);
  w.minima = _mm256_castsi256_ps(_mm256_cvtepu8_epi16(ew_minima_q2_k(at)));
  keep(rows, r, &w, _mm256_setzero_si256());
  rows->scales[1][r] = _mm256_set1_ps(ew_half_at(at + 82));
}

/// The panels of the formats whose blocks of 32 have one scale and one minimum, and of Q2_K.
#define EW_PANELS                                                                                                      \
  EW_PANEL(q4_1, 160, 1, 1)                                                                                            \
  EW_PANEL(q5_0, 176, 1, 1)                                                                                            \
  EW_PANEL(q5_1, 192, 1, 1)                                                                                            \
  EW_PANEL(mxfp4, 136, 1, 1)                                                                                           \
  EW_PANEL(iq4_nl, 144, 1, 1)                                                                                          \
  EW_PANEL(iq4_xs, 136, 1, 1)                                                                                          \
  EW_PANEL(q3_k, 110, 1, 1)                                                                                            \
  EW_PANEL(q2_k, 84, 2, 1)
