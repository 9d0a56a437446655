#if defined(__aarch64__)
#pragma clang attribute push(__attribute__((target("dotprod,i8mm"))), apply_to = function)
#include "CKernels.h"
#include "blocks_neon.h"

// Products of many tokens with SMMLA, which multiplies two rows of eight codes with two tokens of eight codes: the sums of a
// pair of rows and a pair of tokens are the lanes (row, token), (row, next token), (next row, token), (next row, next token).
// Four rows are unpacked at a time, for up to eight tokens. Few tokens are left to neondotprod.

enum { ROW_PAIRS = 2, TOKEN_PAIRS = 4 };

/// 32 columns of two rows.
typedef struct {
  /// Eight columns of one row, then of the other.
  int8x16_t codes[4];
  /// Of the first and of the last 16 columns: (row, row, next row, next row).
  float32x4_t scale[2];
  float32x4_t minimum[2];
} rows;

EW_INLINE int8x16_t interleaved(int8x16_t a, int8x16_t b, bool upper) {
  const int64x2_t x = vreinterpretq_s64_s8(a), y = vreinterpretq_s64_s8(b);
  return vreinterpretq_s8_s64(upper ? vzip2q_s64(x, y) : vzip1q_s64(x, y));
}

EW_INLINE float32x4_t twice(float a, float b) { return vcombine_f32(vdup_n_f32(a), vdup_n_f32(b)); }

EW_INLINE rows join(const block* a, const block* b) {
  rows out;
  for (int part = 0; part < 2; part++) {
    out.codes[2 * part] = interleaved(a->codes[part], b->codes[part], false);
    out.codes[2 * part + 1] = interleaved(a->codes[part], b->codes[part], true);
    out.scale[part] = twice(a->scale[part], b->scale[part]);
    out.minimum[part] = twice(a->minimum[part], b->minimum[part]);
  }
  return out;
}

/// A number of each of two tokens, repeated: (token, next token, token, next token).
EW_INLINE float32x4_t alternating(float a, float b) {
  const float32x2_t both = vset_lane_f32(b, vdup_n_f32(a), 1);
  return vcombine_f32(both, both);
}

/// Adds the products of two rows and two tokens over 32 columns.
EW_INLINE void add_rows(const rows* w, const int8x16_t x[4], const ew_q8_row* a, const ew_q8_row* b, size_t index,
                        bool two_scales, bool two_minima, float32x4_t* sums) {
  const float32x4_t scale = alternating(a->scales[index], b->scales[index]);
  int32x4_t first = vmmlaq_s32(vmmlaq_s32(vdupq_n_s32(0), w->codes[0], x[0]), w->codes[1], x[1]);
  int32x4_t second = vmmlaq_s32(two_scales ? vdupq_n_s32(0) : first, w->codes[2], x[2]);
  second = vmmlaq_s32(second, w->codes[3], x[3]);
  if (two_scales) *sums = vfmaq_f32(*sums, vcvtq_f32_s32(first), vmulq_f32(w->scale[0], scale));
  *sums = vfmaq_f32(*sums, vcvtq_f32_s32(second), vmulq_f32(w->scale[1], scale));
  if (two_minima) {
    const float32x4_t low = alternating((float)a->sums[2 * index], (float)b->sums[2 * index]);
    const float32x4_t high = alternating((float)a->sums[2 * index + 1], (float)b->sums[2 * index + 1]);
    const float32x4_t offsets = vfmaq_f32(vmulq_f32(w->minimum[0], low), w->minimum[1], high);
    *sums = vfmsq_f32(*sums, offsets, scale);
  } else {
    *sums = vfmsq_f32(*sums, w->minimum[0], alternating(a->offsets[index], b->offsets[index]));
  }
}

/// Writes the sums of the rows and tokens that there are.
EW_INLINE void store(const ew_product* p, size_t row, size_t token, float32x4_t sums) {
  float values[4];
  vst1q_f32(values, sums);
  for (size_t r = 0; r < 2 && row + r < p->row_end; r++)
    for (size_t t = 0; t < 2 && token + t < p->token_end; t++)
      p->out[(token + t) * p->out_stride + row + r] = values[2 * r + t];
}

/// Rows and tokens beyond the last repeat it.
#define EW_MATRIX(format, bytes_of_256, two_scales, two_minima)                                                        \
  EW_INLINE void tile_##format(const ew_product* p, size_t row, size_t token, int pairs) {                             \
    const char* weights[2 * ROW_PAIRS];                                                                                \
    ew_q8_row x[2 * TOKEN_PAIRS];                                                                                      \
    float32x4_t sums[TOKEN_PAIRS][ROW_PAIRS];                                                                          \
    for (size_t r = 0; r < 2 * ROW_PAIRS; r++)                                                                         \
      weights[r] = (const char*)p->weights + (row + r < p->row_end ? row + r : p->row_end - 1) * p->row_bytes;         \
    for (int t = 0; t < 2 * pairs; t++)                                                                                \
      x[t] = ew_q8_row_at((const char*)p->activations +                                                                \
                              (token + t < p->token_end ? token + t : p->token_end - 1) * p->token_bytes,              \
                          p->columns);                                                                                 \
    for (int t = 0; t < pairs; t++)                                                                                    \
      for (int r = 0; r < ROW_PAIRS; r++) sums[t][r] = vdupq_n_f32(0);                                                 \
    for (size_t index = 0; index < p->columns / 32; index++) {                                                         \
      rows w[ROW_PAIRS];                                                                                               \
      for (int r = 0; r < ROW_PAIRS; r++) {                                                                            \
        const block a = load_##format(weights[2 * r], index), b = load_##format(weights[2 * r + 1], index);            \
        w[r] = join(&a, &b);                                                                                           \
      }                                                                                                                \
      for (int t = 0; t < pairs; t++) {                                                                                \
        int8x16_t codes[4];                                                                                            \
        for (int part = 0; part < 2; part++) {                                                                         \
          const int8x16_t a = vld1q_s8(x[2 * t].codes + 32 * index + 16 * part);                                       \
          const int8x16_t b = vld1q_s8(x[2 * t + 1].codes + 32 * index + 16 * part);                                   \
          codes[2 * part] = interleaved(a, b, false);                                                                  \
          codes[2 * part + 1] = interleaved(a, b, true);                                                               \
        }                                                                                                              \
        for (int r = 0; r < ROW_PAIRS; r++)                                                                            \
          add_rows(&w[r], codes, &x[2 * t], &x[2 * t + 1], index, two_scales, two_minima, &sums[t][r]);                \
      }                                                                                                                \
    }                                                                                                                  \
    for (int t = 0; t < pairs; t++)                                                                                    \
      for (int r = 0; r < ROW_PAIRS; r++) store(p, row + 2 * r, token + 2 * t, sums[t][r]);                            \
  }                                                                                                                    \
  void ew_product_##format##__neondotprod(const ew_product* p);                                                        \
  void ew_product_##format##__neoni8mm(const ew_product* p) {                                                          \
    if (p->token_end - p->token_begin < EW_PANEL_TOKENS) return ew_product_##format##__neondotprod(p);                 \
    for (size_t row = p->row_begin; row < p->row_end; row += 2 * ROW_PAIRS) {                                          \
      size_t token = p->token_begin;                                                                                   \
      for (; token + 2 * TOKEN_PAIRS <= p->token_end; token += 2 * TOKEN_PAIRS)                                        \
        tile_##format(p, row, token, TOKEN_PAIRS);                                                                     \
      for (; token < p->token_end; token += 2) tile_##format(p, row, token, 1);                                        \
    }                                                                                                                  \
  }

EW_NEON_FORMATS(EW_MATRIX)
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
