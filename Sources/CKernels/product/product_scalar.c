#include "../codec/unpack.h"
#include "CKernels.h"

// Each block of 32 weights is unpacked once and multiplied with every token's.

#define EW_SCALAR_BLOCKS(name)                                                                                         \
  void ew_product_##name##__scalar(const ew_product* p) {                                                              \
    for (size_t row = p->row_begin; row < p->row_end; row++) {                                                         \
      const char* weights = (const char*)p->weights + row * p->row_bytes;                                              \
      for (size_t token = p->token_begin; token < p->token_end; token++) p->out[token * p->out_stride + row] = 0;      \
      for (size_t block = 0; block < p->columns / 32; block++) {                                                       \
        ew_unpacked unpacked;                                                                                          \
        ew_unpack_##name(weights, block, &unpacked);                                                                   \
        for (size_t token = p->token_begin; token < p->token_end; token++) {                                           \
          const ew_q8_row x = ew_q8_row_at((const char*)p->activations + token * p->token_bytes, p->columns);          \
          const int8_t* codes = x.codes + 32 * block;                                                                  \
          int32_t first = 0, second = 0;                                                                               \
          for (int i = 0; i < 16; i++) first += unpacked.codes[i] * codes[i];                                          \
          for (int i = 16; i < 32; i++) second += unpacked.codes[i] * codes[i];                                        \
          const float sum = unpacked.scale[0] * (float)first + unpacked.scale[1] * (float)second;                      \
          const float minimum = unpacked.minimum[0] * x.sums[2 * block] + unpacked.minimum[1] * x.sums[2 * block + 1]; \
          p->out[token * p->out_stride + row] += sum * x.scales[block] - minimum * x.scales[block];                    \
        }                                                                                                              \
      }                                                                                                                \
    }                                                                                                                  \
  }

EW_SCALAR_BLOCKS(q4_0)
EW_SCALAR_BLOCKS(q4_1)
EW_SCALAR_BLOCKS(q5_0)
EW_SCALAR_BLOCKS(q5_1)
EW_SCALAR_BLOCKS(q8_0)
EW_SCALAR_BLOCKS(q2_k)
EW_SCALAR_BLOCKS(q3_k)
EW_SCALAR_BLOCKS(q4_k)
EW_SCALAR_BLOCKS(q5_k)
EW_SCALAR_BLOCKS(q6_k)
EW_SCALAR_BLOCKS(iq4_nl)
EW_SCALAR_BLOCKS(iq4_xs)
EW_SCALAR_BLOCKS(mxfp4)

static inline float wide_f32(const char* weights, size_t column) {
  float value;
  memcpy(&value, weights + 4 * column, 4);
  return value;
}

static inline float wide_f16(const char* weights, size_t column) {
  uint16_t bits;
  memcpy(&bits, weights + 2 * column, 2);
  return ew_float_from_half(bits);
}

static inline float wide_bf16(const char* weights, size_t column) {
  uint16_t bits;
  memcpy(&bits, weights + 2 * column, 2);
  return ew_float_from_bfloat(bits);
}

// Eight partial sums, so that the loop vectorizes: floating-point addition may not be reordered otherwise.
#define EW_SCALAR_FLOATS(name)                                                                                         \
  void ew_product_##name##__scalar(const ew_product* p) {                                                              \
    for (size_t row = p->row_begin; row < p->row_end; row++) {                                                         \
      const char* weights = (const char*)p->weights + row * p->row_bytes;                                              \
      for (size_t token = p->token_begin; token < p->token_end; token++) {                                             \
        const float* x = (const float*)((const char*)p->activations + token * p->token_bytes);                         \
        float sums[8] = {0};                                                                                           \
        size_t column = 0;                                                                                             \
        for (; column + 8 <= p->columns; column += 8)                                                                  \
          for (int i = 0; i < 8; i++) sums[i] += wide_##name(weights, column + i) * x[column + i];                     \
        for (; column < p->columns; column++) sums[column % 8] += wide_##name(weights, column) * x[column];            \
        p->out[token * p->out_stride + row] =                                                                          \
            ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));                 \
      }                                                                                                                \
    }                                                                                                                  \
  }

EW_SCALAR_FLOATS(f32)
EW_SCALAR_FLOATS(f16)
EW_SCALAR_FLOATS(bf16)
