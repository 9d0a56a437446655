// Products of F32, F16 and BF16 weights with many f32 activations. EW_LANES rows and FLOAT_COLUMNS columns are widened and
// transposed into a panel in the first-level cache: one row per lane, so that one activation is broadcast to all rows. All
// tokens pass over the panel before the next columns; the sums of a panel begin at zero and are added to the token's, so that
// no chain of additions is longer than FLOAT_COLUMNS + columns / FLOAT_COLUMNS.
//
// The including file defines EW_TIER_NAME, EW_WIDTH (f32 numbers to a register), EW_TILE (tokens at a time), and
// EW_FEW(format): what multiplies few tokens; and, where it has one, EW_FILL16(format, rows, column, out): a faster way to widen 64
// bytes of each of 16 rows from byte `column` on.
#include "../simd/name.h"
#include "CKernels.h"
#include "float_widen_x86.h"
#include "transpose_x86.h"

#define EW_LANES (2 * EW_WIDTH)

enum { FLOAT_COLUMNS = 4096 / EW_LANES, FLOAT_TOKENS = 256 };

typedef float wide __attribute__((ext_vector_type(EW_WIDTH)));
typedef float float_panel[FLOAT_COLUMNS][EW_LANES] __attribute__((aligned(64)));

/// Adds the products of `tokens` tokens, constant where it is inlined, over `columns` columns to their sums.
static inline __attribute__((always_inline)) void float_tile(float_panel w, const char* x, size_t token_bytes,
                                                             int tokens, size_t columns, float (*sums)[EW_LANES]) {
  wide kept[EW_TILE][2];
  const float* at[EW_TILE];
  for (int t = 0; t < tokens; t++) {
    at[t] = (const float*)(x + t * token_bytes);
    // Opaque, so that eight addresses stay in registers instead of being added up for every column.
    __asm__("" : "+r"(at[t]));
  }
  for (int t = 0; t < tokens; t++) kept[t][0] = kept[t][1] = (wide)0;
  for (size_t column = 0; column < columns; column++) {
    const wide* weights = (const wide*)w[column];
    const wide first = weights[0], second = weights[1];
#pragma clang loop unroll(full)
    for (int t = 0; t < tokens; t++) {
      const wide factor = (wide)at[t][column];
      kept[t][0] += first * factor;
      kept[t][1] += second * factor;
    }
  }
  for (int t = 0; t < tokens; t++) {
    ((wide*)sums[t])[0] += kept[t][0];
    ((wide*)sums[t])[1] += kept[t][1];
  }
}

static void float_tiles(float_panel w, const char* x, size_t token_bytes, size_t tokens, size_t columns,
                        float (*sums)[EW_LANES]) {
  size_t t = 0;
  for (; t + EW_TILE <= tokens; t += EW_TILE)
    float_tile(w, x + t * token_bytes, token_bytes, EW_TILE, columns, sums + t);
  for (; t + 2 <= tokens; t += 2) float_tile(w, x + t * token_bytes, token_bytes, 2, columns, sums + t);
  if (t < tokens) float_tile(w, x + t * token_bytes, token_bytes, 1, columns, sums + t);
}

#ifdef EW_FILL16
#define EW_FILL_FAST(format, bytes)                                                                                    \
  for (; c + 64 / bytes <= columns; c += 64 / bytes)                                                                   \
    for (size_t part = 0; part < EW_LANES; part += 16) EW_FILL16(format, rows + part, c * bytes, &out[c][part]);
#else
#define EW_FILL_FAST(format, bytes)
#endif

#define EW_FLOATS(format, bytes)                                                                                       \
  /* Rows beyond the last repeat it. */                                                                                \
  static void fill_##format(const ew_product* p, size_t row, size_t column, size_t columns, float_panel out) {         \
    const char* rows[EW_LANES];                                                                                        \
    for (size_t r = 0; r < EW_LANES; r++) {                                                                            \
      const size_t index = row + r < p->row_end ? row + r : p->row_end - 1;                                            \
      rows[r] = (const char*)p->weights + index * p->row_bytes + column * bytes;                                       \
    }                                                                                                                  \
    size_t c = 0;                                                                                                      \
    EW_FILL_FAST(format, bytes)                                                                                        \
    for (; c < columns; c += 8)                                                                                        \
      for (size_t part = 0; part < EW_LANES; part += 8) {                                                              \
        __m256i square[8];                                                                                             \
        for (size_t r = 0; r < 8; r++) {                                                                               \
          const char* at = rows[part + r] + c * bytes;                                                                 \
          square[r] = _mm256_castps_si256(columns - c < 8 ? end_##format(at, columns - c) : widen_##format(at));       \
        }                                                                                                              \
        transpose8(square, &out[c][part], sizeof out[0]);                                                              \
      }                                                                                                                \
  }                                                                                                                    \
  static void float_panels_##format(const ew_product* p) {                                                             \
    float_panel panel;                                                                                                 \
    float sums[FLOAT_TOKENS][EW_LANES] __attribute__((aligned(64)));                                                   \
    for (size_t token = p->token_begin; token < p->token_end; token += FLOAT_TOKENS) {                                 \
      const size_t left = p->token_end - token, tokens = left < FLOAT_TOKENS ? left : FLOAT_TOKENS;                    \
      const char* x = (const char*)p->activations + token * p->token_bytes;                                            \
      for (size_t row = p->row_begin; row < p->row_end; row += EW_LANES) {                                             \
        memset(sums, 0, tokens * sizeof sums[0]);                                                                      \
        for (size_t column = 0; column < p->columns; column += FLOAT_COLUMNS) {                                        \
          const size_t rest = p->columns - column, columns = rest < FLOAT_COLUMNS ? rest : FLOAT_COLUMNS;              \
          fill_##format(p, row, column, columns, panel);                                                               \
          float_tiles(panel, x + column * sizeof(float), p->token_bytes, tokens, columns, sums);                       \
        }                                                                                                              \
        const size_t rows = p->row_end - row < EW_LANES ? p->row_end - row : EW_LANES;                                 \
        for (size_t t = 0; t < tokens; t++)                                                                            \
          memcpy(p->out + (token + t) * p->out_stride + row, sums[t], rows * sizeof(float));                           \
      }                                                                                                                \
    }                                                                                                                  \
  }                                                                                                                    \
  void EW_NAME(ew_product_##format)(const ew_product* p) {                                                             \
    if (p->token_end - p->token_begin >= EW_PANEL_TOKENS)                                                              \
      float_panels_##format(p);                                                                                        \
    else                                                                                                               \
      EW_FEW(format)(p);                                                                                               \
  }

EW_FLOATS(f32, 4)
EW_FLOATS(f16, 2)
EW_FLOATS(bf16, 2)
