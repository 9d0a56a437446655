#if defined(__aarch64__)
#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)
#include "CKernels.h"
#include "blocks_neon.h"

// Every block of 32 weights is unpacked once for up to 8 tokens; its products with the activations are added by fours in 32 bits,
// then times scale and activation scale to the token's four sums.

#define EW_NEON(format, bytes_of_256, two_scales, two_minima)                                                          \
  EW_INLINE void tile_##format(const ew_product* p, size_t row, size_t token, int count) {                             \
    const char* weights = (const char*)p->weights + row * p->row_bytes;                                                \
    ew_q8_row x[8];                                                                                                    \
    float32x4_t sums[8];                                                                                               \
    float offsets[8];                                                                                                  \
    for (int t = 0; t < count; t++) {                                                                                  \
      x[t] = ew_q8_row_at((const char*)p->activations + (token + t) * p->token_bytes, p->columns);                     \
      sums[t] = vdupq_n_f32(0);                                                                                        \
      offsets[t] = 0;                                                                                                  \
    }                                                                                                                  \
    for (size_t index = 0; index < p->columns / 32; index++) {                                                         \
      const block w = load_##format(weights, index);                                                                   \
      __builtin_prefetch(weights + index * bytes_of_256 / 8 + 2048, 0, 3);                                             \
      for (int t = 0; t < count; t++) {                                                                                \
        const int8_t* codes = x[t].codes + 32 * index;                                                                 \
        const float scale = x[t].scales[index];                                                                        \
        int32x4_t first = vdotq_s32(vdupq_n_s32(0), w.codes[0], vld1q_s8(codes));                                      \
        int32x4_t second = vdotq_s32(two_scales ? vdupq_n_s32(0) : first, w.codes[1], vld1q_s8(codes + 16));           \
        if (two_scales) sums[t] = vfmaq_n_f32(sums[t], vcvtq_f32_s32(first), w.scale[0] * scale);                      \
        sums[t] = vfmaq_n_f32(sums[t], vcvtq_f32_s32(second), w.scale[1] * scale);                                     \
        offsets[t] += two_minima ? (w.minimum[0] * (float)x[t].sums[2 * index] +                                       \
                                    w.minimum[1] * (float)x[t].sums[2 * index + 1]) * scale                            \
                                 : w.minimum[0] * x[t].offsets[index];                                                 \
      }                                                                                                                \
    }                                                                                                                  \
    for (int t = 0; t < count; t++) p->out[(token + t) * p->out_stride + row] = vaddvq_f32(sums[t]) - offsets[t];      \
  }                                                                                                                    \
  void ew_product_##format##__neondotprod(const ew_product* p) {                                                       \
    for (size_t row = p->row_begin; row < p->row_end; row++) {                                                         \
      size_t token = p->token_begin;                                                                                   \
      for (; token + 8 <= p->token_end; token += 8) tile_##format(p, row, token, 8);                                   \
      for (; token < p->token_end; token++) tile_##format(p, row, token, 1);                                           \
    }                                                                                                                  \
  }

EW_NEON_FORMATS(EW_NEON)
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
