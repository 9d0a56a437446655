// Products of many tokens. 256 columns of EW_LANES rows are unpacked into a panel in the first-level cache: one row per 32-bit
// lane with four consecutive columns, so that four activations are broadcast to all rows and nothing is added across lanes.
// All tokens pass over the panel before the next 256 columns; their sums wait on the stack.
//
// The including file defines EW_TIER_NAME, EW_LANES (8 or 16), EW_TILE (tokens at a time) and
//   panel_tile(panel, x, tokens, group, blocks, sums): adds the panel's products with `tokens` tokens to their sums.
#include "../simd/name.h"
#include "CKernels.h"
#include "groups_x86.h"
#include "panel_loop_x86.h"
#include "transpose_x86.h"

typedef struct {
  /// (block of 32, four columns, row) of four codes each.
  uint8_t codes[8][8][EW_LANES][4] __attribute__((aligned(64)));
  /// (block of 16, row) for Q6_K, else (block of 32, row).
  float scales[16][EW_LANES] __attribute__((aligned(64)));
  /// (block of 32, row): what to subtract times a block's offset; unused for Q6_K.
  float minima[8][EW_LANES] __attribute__((aligned(64)));
} panel;

/// Eight rows of a panel before they are transposed.
typedef struct {
  __m256i codes[8][8];
  __m256 scales[2][8];
  __m256 minima[8];
} square;

EW_INLINE void keep(square* rows, int r, const ew_group* w, __m256i flip) {
  for (int b = 0; b < 8; b++) rows->codes[b][r] = _mm256_xor_si256(w->codes[b], flip);
  rows->scales[0][r] = w->scales;
  rows->minima[r] = w->minima;
}

EW_INLINE void load_q4_0(const uint8_t* at, square* rows, int r) {
  const ew_group w = ew_group_q4_0(at);
  keep(rows, r, &w, _mm256_setzero_si256());
}

EW_INLINE void load_q4_k(const uint8_t* at, square* rows, int r) {
  const ew_group w = ew_group_q4_k(at);
  keep(rows, r, &w, _mm256_setzero_si256());
}

/// Signed codes plus 128, which the minimum takes off again.
EW_INLINE void load_q8_0(const uint8_t* at, square* rows, int r) {
  ew_group w = ew_group_q8_0(at);
  w.minima = _mm256_mul_ps(w.scales, _mm256_set1_ps(128));
  keep(rows, r, &w, _mm256_set1_epi8((char)0x80));
}

EW_INLINE void load_q6_k(const uint8_t* at, square* rows, int r) {
  __m256i codes[8];
  ew_codes_q6_k(at, codes);
  for (int b = 0; b < 8; b++) rows->codes[b][r] = codes[b];
  uint16_t bits;
  memcpy(&bits, at + 208, 2);
  const __m256 scale = _mm256_set1_ps(_cvtsh_ss(bits));
  for (int part = 0; part < 2; part++) {
    const __m128i bytes = _mm_loadl_epi64((const __m128i*)(at + 192 + 8 * part));
    rows->scales[part][r] = _mm256_mul_ps(scale, _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes)));
  }
}

/// Unpacks group `group` of the rows from `row` on; rows beyond the last repeat it.
#define EW_PANEL(format, group_bytes, scale_parts, minima_parts)                                                       \
  static void fill_##format(const ew_product* p, size_t row, size_t group, size_t blocks, panel* out) {                \
    for (int part = 0; part < EW_LANES / 8; part++) {                                                                  \
      square rows;                                                                                                     \
      for (int r = 0; r < 8; r++) {                                                                                    \
        const size_t wanted = row + 8 * part + r;                                                                      \
        const size_t index = wanted < p->row_end ? wanted : p->row_end - 1;                                            \
        const uint8_t* at = (const uint8_t*)p->weights + index * p->row_bytes + group * group_bytes;                   \
        uint8_t filled[group_bytes];                                                                                   \
        if (blocks < 8) {                                                                                              \
          memset(filled, 0, sizeof filled);                                                                            \
          memcpy(filled, at, blocks * (group_bytes / 8));                                                              \
          at = filled;                                                                                                 \
        }                                                                                                              \
        load_##format(at, &rows, r);                                                                                   \
      }                                                                                                                \
      for (size_t b = 0; b < blocks; b++) transpose8(rows.codes[b], out->codes[b][0][8 * part], EW_LANES * 4);         \
      for (int s = 0; s < scale_parts; s++)                                                                            \
        transpose8((const __m256i*)rows.scales[s], &out->scales[8 * s][8 * part], EW_LANES * 4);                       \
      for (int m = 0; m < minima_parts; m++)                                                                           \
        transpose8((const __m256i*)rows.minima, &out->minima[0][8 * part], EW_LANES * 4);                              \
    }                                                                                                                  \
  }                                                                                                                    \
  EW_PANEL_LOOP(format, panel, EW_LANES, EW_TILE)
