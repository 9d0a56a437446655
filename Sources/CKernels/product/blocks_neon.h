#pragma once
// Blocks of 32 weights as signed codes in two registers: w[i] = scale[i / 16] * codes[i] - minimum[i / 16].
#include "../codec/unpack.h"
#include <arm_neon.h>

#define EW_INLINE static inline __attribute__((always_inline))

typedef struct {
  int8x16_t codes[2];
  float scale[2];
  float minimum[2];
} block;

/// The low nibbles of 16 bytes, then their high ones.
EW_INLINE void load_nibbles(const uint8_t* at, block* out) {
  const uint8x16_t bytes = vld1q_u8(at);
  out->codes[0] = vreinterpretq_s8_u8(vandq_u8(bytes, vdupq_n_u8(15)));
  out->codes[1] = vreinterpretq_s8_u8(vshrq_n_u8(bytes, 4));
}

/// Adds the fifth bits of 32 codes, bit i % 8 of byte i / 8.
EW_INLINE void load_fifths(const uint8_t* at, block* out) {
  const uint8x16_t bits = vreinterpretq_u8_u64(vdupq_n_u64(0x8040201008040201));
  for (int part = 0; part < 2; part++) {
    const uint8x16_t bytes = vcombine_u8(vdup_n_u8(at[2 * part]), vdup_n_u8(at[2 * part + 1]));
    const uint8x16_t fifths = vandq_u8(vtstq_u8(bytes, bits), vdupq_n_u8(16));
    out->codes[part] = vorrq_s8(out->codes[part], vreinterpretq_s8_u8(fifths));
  }
}

EW_INLINE void subtract(int8_t offset, block* out) {
  for (int part = 0; part < 2; part++) out->codes[part] = vsubq_s8(out->codes[part], vdupq_n_s8(offset));
}

EW_INLINE void look_up(const int8_t values[16], block* out) {
  const int8x16_t table = vld1q_s8(values);
  for (int part = 0; part < 2; part++)
    out->codes[part] = vqtbl1q_s8(table, vreinterpretq_u8_s8(out->codes[part]));
}

EW_INLINE void set_factors(float scale, float minimum, block* out) {
  out->scale[0] = out->scale[1] = scale;
  out->minimum[0] = out->minimum[1] = minimum;
}

/// Bits `shift` and up to those of `mask` of 32 bytes; a negative shift moves them up.
EW_INLINE void load_bits(const uint8_t* at, int shift, uint8_t mask, block* out) {
  for (int part = 0; part < 2; part++) {
    const uint8x16_t bytes = vshlq_u8(vld1q_u8(at + 16 * part), vdupq_n_s8((int8_t)-shift));
    out->codes[part] = vreinterpretq_s8_u8(vandq_u8(bytes, vdupq_n_u8(mask)));
  }
}

EW_INLINE void add_bits(const uint8_t* at, int shift, uint8_t mask, block* out) {
  block bits;
  load_bits(at, shift, mask, &bits);
  for (int part = 0; part < 2; part++) out->codes[part] = vorrq_s8(out->codes[part], bits.codes[part]);
}

EW_INLINE block load_q4_0(const void* row, size_t index) {
  const ew_q4_0* from = (const ew_q4_0*)row + index;
  block out;
  load_nibbles(from->codes, &out);
  subtract(8, &out);
  set_factors(ew_float_from_half(from->scale), 0, &out);
  return out;
}

EW_INLINE block load_q4_1(const void* row, size_t index) {
  const ew_q4_1* from = (const ew_q4_1*)row + index;
  block out;
  load_nibbles(from->codes, &out);
  set_factors(ew_float_from_half(from->scale), -ew_float_from_half(from->minimum), &out);
  return out;
}

EW_INLINE block load_q5_0(const void* row, size_t index) {
  const ew_q5_0* from = (const ew_q5_0*)row + index;
  block out;
  load_nibbles(from->codes, &out);
  load_fifths(from->fifths, &out);
  subtract(16, &out);
  set_factors(ew_float_from_half(from->scale), 0, &out);
  return out;
}

EW_INLINE block load_q5_1(const void* row, size_t index) {
  const ew_q5_1* from = (const ew_q5_1*)row + index;
  block out;
  load_nibbles(from->codes, &out);
  load_fifths(from->fifths, &out);
  set_factors(ew_float_from_half(from->scale), -ew_float_from_half(from->minimum), &out);
  return out;
}

EW_INLINE block load_q8_0(const void* row, size_t index) {
  const ew_q8_0* from = (const ew_q8_0*)row + index;
  block out = {.codes = {vld1q_s8(from->codes), vld1q_s8(from->codes + 16)}};
  set_factors(ew_float_from_half(from->scale), 0, &out);
  return out;
}

EW_INLINE block load_iq4_nl(const void* row, size_t index) {
  const ew_iq4_nl* from = (const ew_iq4_nl*)row + index;
  block out;
  load_nibbles(from->codes, &out);
  look_up(ew_iq4_values, &out);
  set_factors(ew_float_from_half(from->scale), 0, &out);
  return out;
}

EW_INLINE block load_iq4_xs(const void* row, size_t index) {
  const ew_iq4_xs* from = (const ew_iq4_xs*)row + index / 8;
  const size_t j = index % 8;
  block out;
  load_nibbles(from->codes + 16 * j, &out);
  look_up(ew_iq4_values, &out);
  set_factors(ew_float_from_half(from->scale) * (float)(ew_iq4_xs_factor(from, j) - 32), 0, &out);
  return out;
}

EW_INLINE block load_mxfp4(const void* row, size_t index) {
  const ew_mxfp4* from = (const ew_mxfp4*)row + index;
  block out;
  load_nibbles(from->codes, &out);
  look_up(ew_mxfp4_values, &out);
  set_factors(ew_float_from_exponent(from->exponent), 0, &out);
  return out;
}

EW_INLINE block load_q2_k(const void* row, size_t index) {
  const ew_q2_k* from = (const ew_q2_k*)row + index / 8;
  const size_t j = index % 8;
  const float scale = ew_float_from_half(from->scale), minimum = ew_float_from_half(from->minimum);
  block out;
  load_bits(from->codes + j / 4 * 32, (int)(j % 4 * 2), 3, &out);
  for (int half = 0; half < 2; half++) {
    out.scale[half] = scale * (float)(from->factors[2 * j + half] & 15);
    out.minimum[half] = minimum * (float)(from->factors[2 * j + half] >> 4);
  }
  return out;
}

EW_INLINE block load_q3_k(const void* row, size_t index) {
  const ew_q3_k* from = (const ew_q3_k*)row + index / 8;
  const size_t j = index % 8;
  const float scale = ew_float_from_half(from->scale);
  block out = {.minimum = {0, 0}};
  load_bits(from->codes + j / 4 * 32, (int)(j % 4 * 2), 3, &out);
  add_bits(from->thirds, (int)j - 2, 4, &out);
  subtract(4, &out);
  for (int half = 0; half < 2; half++)
    out.scale[half] = scale * (float)(ew_q3_k_factor(from->packed, 2 * j + half) - 32);
  return out;
}

EW_INLINE block load_q4_k(const void* row, size_t index) {
  const ew_q4_k* from = (const ew_q4_k*)row + index / 8;
  const size_t j = index % 8;
  uint8_t scale, minimum;
  block out;
  load_bits(from->codes + j / 2 * 32, (int)(j % 2 * 4), 15, &out);
  ew_q4_k_scale(from->packed, j, &scale, &minimum);
  set_factors(ew_float_from_half(from->scale) * scale, ew_float_from_half(from->minimum) * minimum, &out);
  return out;
}

EW_INLINE block load_q5_k(const void* row, size_t index) {
  const ew_q5_k* from = (const ew_q5_k*)row + index / 8;
  const size_t j = index % 8;
  uint8_t scale, minimum;
  block out;
  load_bits(from->codes + j / 2 * 32, (int)(j % 2 * 4), 15, &out);
  add_bits(from->fifths, (int)j - 4, 16, &out);
  ew_q4_k_scale(from->packed, j, &scale, &minimum);
  set_factors(ew_float_from_half(from->scale) * scale, ew_float_from_half(from->minimum) * minimum, &out);
  return out;
}

EW_INLINE block load_q6_k(const void* row, size_t index) {
  const ew_q6_k* from = (const ew_q6_k*)row + index / 8;
  const size_t j = index % 8, half = j / 4, quarter = j % 4;
  const float scale = ew_float_from_half(from->scale);
  block out = {.scale = {scale * from->scales[2 * j], scale * from->scales[2 * j + 1]}, .minimum = {0, 0}};
  load_bits(from->low + 64 * half + 32 * (quarter % 2), quarter < 2 ? 0 : 4, 15, &out);
  add_bits(from->high + 32 * half, 2 * (int)quarter - 4, 0x30, &out);
  subtract(32, &out);
  return out;
}

/// Every format: its bytes for 256 weights, whether 16 of them have a scale, and whether they have a minimum.
#define EW_NEON_FORMATS(EW_FORMAT)                                                                                     \
  EW_FORMAT(q4_0, 144, false, false)                                                                                   \
  EW_FORMAT(q4_1, 160, false, false)                                                                                   \
  EW_FORMAT(q5_0, 176, false, false)                                                                                   \
  EW_FORMAT(q5_1, 192, false, false)                                                                                   \
  EW_FORMAT(q8_0, 272, false, false)                                                                                   \
  EW_FORMAT(q2_k, 84, true, true)                                                                                      \
  EW_FORMAT(q3_k, 110, true, false)                                                                                    \
  EW_FORMAT(q4_k, 144, false, false)                                                                                   \
  EW_FORMAT(q5_k, 176, false, false)                                                                                   \
  EW_FORMAT(q6_k, 210, true, false)                                                                                    \
  EW_FORMAT(iq4_nl, 144, false, false)                                                                                 \
  EW_FORMAT(iq4_xs, 136, false, false)                                                                                 \
  EW_FORMAT(mxfp4, 136, false, false)
