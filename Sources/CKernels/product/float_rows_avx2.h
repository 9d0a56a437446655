#pragma once
// Products of F32, F16 and BF16 weights with few f32 activations: each row is read once per token, in order, in four chains of
// eight sums.
#include "CKernels.h"
#include "float_widen_x86.h"
#include "lanes_x86.h"

#define EW_FLOAT_ROWS(format, bytes)                                                                                   \
  static float float_row_##format(const char* at, const float* x, size_t columns) {                                    \
    __m256 sums[4] = {0};                                                                                              \
    size_t column = 0;                                                                                                 \
    for (; column + 32 <= columns; column += 32) {                                                                     \
      for (int line = 0; line < 32 * bytes; line += 64) _mm_prefetch(at + column * bytes + 2048 + line, _MM_HINT_T0);  \
      for (int i = 0; i < 4; i++)                                                                                      \
        sums[i] = _mm256_fmadd_ps(widen_##format(at + (column + 8 * i) * bytes), _mm256_loadu_ps(x + column + 8 * i),  \
                                  sums[i]);                                                                            \
    }                                                                                                                  \
    for (int i = 0; column < columns; column += 8, i++) {                                                              \
      const size_t count = columns - column < 8 ? columns - column : 8;                                                \
      sums[i] = _mm256_fmadd_ps(end_##format(at + column * bytes, count), end_f32((const char*)(x + column), count),   \
                                sums[i]);                                                                              \
    }                                                                                                                  \
    return ew_lanes(_mm256_add_ps(_mm256_add_ps(sums[0], sums[1]), _mm256_add_ps(sums[2], sums[3])));                  \
  }                                                                                                                    \
  static void float_rows_##format(const ew_product* p) {                                                               \
    for (size_t row = p->row_begin; row < p->row_end; row++)                                                           \
      for (size_t token = p->token_begin; token < p->token_end; token++)                                               \
        p->out[token * p->out_stride + row] =                                                                          \
            float_row_##format((const char*)p->weights + row * p->row_bytes,                                           \
                               (const float*)((const char*)p->activations + token * p->token_bytes), p->columns);      \
  }

EW_FLOAT_ROWS(f32, 4)
EW_FLOAT_ROWS(f16, 2)
EW_FLOAT_ROWS(bf16, 2)
