#if defined(__aarch64__)
#include <arm_neon.h>
#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)
#include "../codec/unpack.h"
#include "CKernels.h"

// Every block of 32 weights is unpacked once for up to 8 tokens: signed codes in two registers, whose products with the
// activations are added by fours in 32 bits, then times scale and activation scale to the token's four sums.

typedef struct {
  int8x16_t codes[2];
  float scale[2];
  float minimum;
} block;

static inline __attribute__((always_inline)) block load_q4_0(const void* row, size_t index) {
  const ew_q4_0* from = (const ew_q4_0*)row + index;
  const uint8x16_t bytes = vld1q_u8(from->codes);
  const float scale = ew_float_from_half(from->scale);
  const int8x16_t eight = vdupq_n_s8(8);
  return (block){{vsubq_s8(vreinterpretq_s8_u8(vandq_u8(bytes, vdupq_n_u8(15))), eight),
                  vsubq_s8(vreinterpretq_s8_u8(vshrq_n_u8(bytes, 4)), eight)},
                 {scale, scale},
                 0};
}

static inline __attribute__((always_inline)) block load_q8_0(const void* row, size_t index) {
  const ew_q8_0* from = (const ew_q8_0*)row + index;
  const float scale = ew_float_from_half(from->scale);
  return (block){{vld1q_s8(from->codes), vld1q_s8(from->codes + 16)}, {scale, scale}, 0};
}

static inline __attribute__((always_inline)) block load_q4_k(const void* row, size_t index) {
  const ew_q4_k* from = (const ew_q4_k*)row + index / 8;
  const size_t j = index % 8;
  const uint8_t* codes = from->codes + j / 2 * 32;
  const int8x16_t shift = vdupq_n_s8(j % 2 ? -4 : 0);
  const uint8x16_t first = vandq_u8(vshlq_u8(vld1q_u8(codes), shift), vdupq_n_u8(15));
  const uint8x16_t second = vandq_u8(vshlq_u8(vld1q_u8(codes + 16), shift), vdupq_n_u8(15));
  uint8_t scale, minimum;
  ew_q4_k_scale(from->packed, j, &scale, &minimum);
  const float factor = ew_float_from_half(from->scale) * scale;
  return (block){{vreinterpretq_s8_u8(first), vreinterpretq_s8_u8(second)},
                 {factor, factor},
                 ew_float_from_half(from->minimum) * minimum};
}

static inline __attribute__((always_inline)) block load_q6_k(const void* row, size_t index) {
  const ew_q6_k* from = (const ew_q6_k*)row + index / 8;
  const size_t j = index % 8, half = j / 4, quarter = j % 4;
  const uint8_t* low = from->low + 64 * half + 32 * (quarter % 2);
  const uint8_t* high = from->high + 32 * half;
  const int8x16_t low_shift = vdupq_n_s8(quarter < 2 ? 0 : -4), high_shift = vdupq_n_s8((int8_t)(-2 * (int)quarter));
  const float scale = ew_float_from_half(from->scale);
  block out = {.scale = {scale * from->scales[2 * j], scale * from->scales[2 * j + 1]}};
  for (int part = 0; part < 2; part++) {
    const uint8x16_t four = vandq_u8(vshlq_u8(vld1q_u8(low + 16 * part), low_shift), vdupq_n_u8(15));
    const uint8x16_t two = vandq_u8(vshlq_u8(vld1q_u8(high + 16 * part), high_shift), vdupq_n_u8(3));
    const uint8x16_t code = vorrq_u8(four, vshlq_n_u8(two, 4));
    out.codes[part] = vsubq_s8(vreinterpretq_s8_u8(code), vdupq_n_s8(32));
  }
  return out;
}

#define EW_NEON(format, block_bytes_of_256)                                                                            \
  static inline __attribute__((always_inline)) void tile_##format(const ew_product* p, size_t row, size_t token,       \
                                                                  int count) {                                         \
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
      __builtin_prefetch(weights + index * block_bytes_of_256 / 8 + 2048, 0, 3);                                       \
      for (int t = 0; t < count; t++) {                                                                                \
        const int8_t* codes = x[t].codes + 32 * index;                                                                 \
        const int32x4_t first = vdotq_s32(vdupq_n_s32(0), w.codes[0], vld1q_s8(codes));                                \
        const int32x4_t second = vdotq_s32(vdupq_n_s32(0), w.codes[1], vld1q_s8(codes + 16));                          \
        const float scale = x[t].scales[index];                                                                        \
        sums[t] = vfmaq_n_f32(sums[t], vcvtq_f32_s32(first), w.scale[0] * scale);                                      \
        sums[t] = vfmaq_n_f32(sums[t], vcvtq_f32_s32(second), w.scale[1] * scale);                                     \
        offsets[t] += w.minimum * x[t].offsets[index];                                                                 \
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

EW_NEON(q4_0, 144)
EW_NEON(q8_0, 272)
EW_NEON(q4_k, 144)
EW_NEON(q6_k, 210)
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
