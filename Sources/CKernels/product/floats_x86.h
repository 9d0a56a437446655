// Products of F32, F16 and BF16 weights with f32 activations, in vectors of EW_WIDTH f32 numbers. The including file defines
// EW_TIER_NAME, EW_WIDTH, EW_ROW_TILE and EW_TOKEN_TILE (rows and tokens at a time) and widen_f32, widen_f16 and widen_bf16,
// which load EW_WIDTH weights.
//
// A block of columns of EW_ROW_TILE rows is widened into a panel, all tokens pass over it, and its sums are added to theirs: the
// order of additions depends on columns alone. One token multiplies the weights as they are widened, in the same order.
#include "../codec/half.h"
#include "../simd/name.h"
#include "CKernels.h"
#include <string.h>

typedef float wide __attribute__((ext_vector_type(EW_WIDTH), aligned(4)));

#define EW_FLOAT_INLINE static inline __attribute__((always_inline))

enum { FLOAT_COLUMNS = 1024 };

EW_FLOAT_INLINE float total(wide v) {
  float lanes[EW_WIDTH];
  memcpy(lanes, &v, sizeof lanes);
  for (int step = EW_WIDTH / 2; step; step /= 2)
    for (int i = 0; i < step; i++) lanes[i] += lanes[i + step];
  return lanes[0];
}

/// Adds the dot products of `rows` panel rows and `tokens` tokens over `columns`, a multiple of the width.
EW_FLOAT_INLINE void float_tile(const float* w, size_t w_stride, const float* const* x, int rows, int tokens,
                                size_t columns, float* const* out) {
  wide sums[EW_ROW_TILE][EW_TOKEN_TILE];
  for (int r = 0; r < rows; r++)
    for (int t = 0; t < tokens; t++) sums[r][t] = (wide)0;
  for (size_t column = 0; column < columns; column += EW_WIDTH) {
    wide from_x[EW_TOKEN_TILE];
    for (int t = 0; t < tokens; t++) from_x[t] = *(const wide*)(x[t] + column);
    for (int r = 0; r < rows; r++) {
      const wide weights = *(const wide*)(w + r * w_stride + column);
      for (int t = 0; t < tokens; t++) sums[r][t] += weights * from_x[t];
    }
  }
  for (int r = 0; r < rows; r++)
    for (int t = 0; t < tokens; t++) out[t][r] += total(sums[r][t]);
}

#define EW_FLOATS(format, bytes)                                                                                       \
  /** The last numbers of a row, filled up with zeros. */                                                              \
  EW_FLOAT_INLINE wide end_##format(const char* at, size_t count) {                                                    \
    char filled[EW_WIDTH * bytes] = {0};                                                                               \
    memcpy(filled, at, count * bytes);                                                                                 \
    return widen_##format(filled);                                                                                     \
  }                                                                                                                    \
                                                                                                                       \
  static void float_rows_##format(const ew_product* p, size_t token) {                                                 \
    const float* x = (const float*)((const char*)p->activations + token * p->token_bytes);                             \
    for (size_t row = p->row_begin; row < p->row_end; row++) {                                                         \
      const char* at = (const char*)p->weights + row * p->row_bytes;                                                   \
      wide sums[4] = {0};                                                                                              \
      size_t column = 0;                                                                                               \
      for (; column + 4 * EW_WIDTH <= p->columns; column += 4 * EW_WIDTH)                                              \
        for (int i = 0; i < 4; i++) {                                                                                  \
          const size_t from = column + i * EW_WIDTH;                                                                   \
          __builtin_prefetch(at + from * bytes + 2048, 0, 3);                                                          \
          sums[i] += widen_##format(at + from * bytes) * *(const wide*)(x + from);                                     \
        }                                                                                                              \
      for (int i = 0; column < p->columns; column += EW_WIDTH, i++) {                                                  \
        const size_t left = p->columns - column, count = left < EW_WIDTH ? left : EW_WIDTH;                            \
        sums[i] += end_##format(at + column * bytes, count) * end_f32((const char*)(x + column), count);               \
      }                                                                                                                \
      p->out[token * p->out_stride + row] = total((sums[0] + sums[1]) + (sums[2] + sums[3]));                          \
    }                                                                                                                  \
  }                                                                                                                    \
                                                                                                                       \
  static void float_panels_##format(const ew_product* p) {                                                             \
    float panel[EW_ROW_TILE][FLOAT_COLUMNS] __attribute__((aligned(64)));                                              \
    float ends[EW_TOKEN_TILE][FLOAT_COLUMNS] __attribute__((aligned(64)));                                             \
    for (size_t token = p->token_begin; token < p->token_end; token++)                                                 \
      memset(p->out + token * p->out_stride + p->row_begin, 0, (p->row_end - p->row_begin) * sizeof(float));           \
    for (size_t row = p->row_begin; row < p->row_end; row += EW_ROW_TILE) {                                            \
      const int rows = p->row_end - row < EW_ROW_TILE ? (int)(p->row_end - row) : EW_ROW_TILE;                         \
      for (size_t column = 0; column < p->columns; column += FLOAT_COLUMNS) {                                          \
        const size_t left = p->columns - column, count = left < FLOAT_COLUMNS ? left : FLOAT_COLUMNS;                  \
        const size_t filled = (count + EW_WIDTH - 1) / EW_WIDTH * EW_WIDTH;                                            \
        for (int r = 0; r < rows; r++) {                                                                               \
          const char* at = (const char*)p->weights + (row + r) * p->row_bytes + column * bytes;                        \
          size_t i = 0;                                                                                                \
          for (; i + EW_WIDTH <= count; i += EW_WIDTH) *(wide*)(panel[r] + i) = widen_##format(at + i * bytes);        \
          if (i < count) *(wide*)(panel[r] + i) = end_##format(at + i * bytes, count - i);                             \
        }                                                                                                              \
        for (size_t token = p->token_begin; token < p->token_end; token += EW_TOKEN_TILE) {                            \
          const size_t after = p->token_end - token;                                                                   \
          const int tokens = after < EW_TOKEN_TILE ? (int)after : EW_TOKEN_TILE;                                       \
          const float* x[EW_TOKEN_TILE];                                                                               \
          float* out[EW_TOKEN_TILE];                                                                                   \
          for (int t = 0; t < tokens; t++) {                                                                           \
            x[t] = (const float*)((const char*)p->activations + (token + t) * p->token_bytes) + column;                \
            out[t] = p->out + (token + t) * p->out_stride + row;                                                       \
            if (filled != count) {                                                                                     \
              memset(ends[t], 0, filled * sizeof(float));                                                              \
              memcpy(ends[t], x[t], count * sizeof(float));                                                            \
              x[t] = ends[t];                                                                                          \
            }                                                                                                          \
          }                                                                                                            \
          if (rows == EW_ROW_TILE && tokens == EW_TOKEN_TILE) {                                                        \
            float_tile(panel[0], FLOAT_COLUMNS, x, EW_ROW_TILE, EW_TOKEN_TILE, filled, out);                           \
          } else {                                                                                                     \
            for (int r = 0; r < rows; r++)                                                                             \
              for (int t = 0; t < tokens; t++) {                                                                       \
                float* const one = out[t] + r;                                                                         \
                float_tile(panel[r], FLOAT_COLUMNS, x + t, 1, 1, filled, &one);                                        \
              }                                                                                                        \
          }                                                                                                            \
        }                                                                                                              \
      }                                                                                                                \
    }                                                                                                                  \
  }                                                                                                                    \
                                                                                                                       \
  void EW_NAME(ew_product_##format)(const ew_product* p) {                                                             \
    if (p->token_end - p->token_begin >= EW_PANEL_TOKENS) return float_panels_##format(p);                             \
    for (size_t token = p->token_begin; token < p->token_end; token++) float_rows_##format(p, token);                  \
  }

EW_FLOATS(f32, 4)
EW_FLOATS(f16, 2)
EW_FLOATS(bf16, 2)
