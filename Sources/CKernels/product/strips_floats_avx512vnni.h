// Products of strips of F16 and BF16 with f32 activations: a line of memory has one column of 32 rows. Tiles of up to eight tokens
// widen it as they pass; the sums of 256 columns begin at zero and are added to the token's.
#include "../simd/name.h"
#include "CKernels.h"
#include <immintrin.h>
#include <string.h>

enum { FLOAT_STRIP_COLUMNS = 256, FLOAT_STRIP_TOKENS = 256, FLOAT_STRIP_TILE = 8 };

static inline __attribute__((always_inline)) __m512 strip_widen_f16(__m256i numbers) { return _mm512_cvtph_ps(numbers); }

static inline __attribute__((always_inline)) __m512 strip_widen_bf16(__m256i numbers) {
  return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(numbers), 16));
}

#define EW_FLOAT_STRIPS(format)                                                                                        \
  static inline __attribute__((always_inline)) void float_strip_tile_##format(                                         \
      const uint16_t* w, const char* x, const ew_product* p, int tokens, size_t columns, float (*sums)[32]) {          \
    const float* at[FLOAT_STRIP_TILE];                                                                                 \
    __m512 kept[FLOAT_STRIP_TILE][2];                                                                                  \
    for (int t = 0; t < tokens; t++) {                                                                                 \
      at[t] = (const float*)(x + t * p->token_bytes);                                                                  \
      __asm__("" : "+r"(at[t])); /* Opaque: addresses stay in registers. */                                            \
      kept[t][0] = kept[t][1] = _mm512_setzero_ps();                                                                   \
    }                                                                                                                  \
    for (size_t column = 0; column < columns; column++, w += EW_STRIP_ROWS) {                                          \
      const __m512 first = strip_widen_##format(_mm256_load_si256((const __m256i*)w));                                 \
      const __m512 second = strip_widen_##format(_mm256_load_si256((const __m256i*)(w + 16)));                         \
      _Pragma("clang loop unroll(full)") for (int t = 0; t < tokens; t++) {                                            \
        const __m512 factor = _mm512_set1_ps(at[t][column]);                                                           \
        kept[t][0] = _mm512_fmadd_ps(first, factor, kept[t][0]);                                                       \
        kept[t][1] = _mm512_fmadd_ps(second, factor, kept[t][1]);                                                      \
      }                                                                                                                \
    }                                                                                                                  \
    for (int t = 0; t < tokens; t++)                                                                                   \
      for (int half = 0; half < 2; half++)                                                                             \
        _mm512_store_ps(sums[t] + 16 * half, _mm512_add_ps(_mm512_load_ps(sums[t] + 16 * half), kept[t][half]));       \
  }                                                                                                                    \
  void EW_NAME(ew_product_##format##_strips)(const ew_product* p) {                                                    \
    float sums[FLOAT_STRIP_TOKENS][32] __attribute__((aligned(64)));                                                   \
    for (size_t token = p->token_begin; token < p->token_end; token += FLOAT_STRIP_TOKENS) {                           \
      const size_t left = p->token_end - token, tokens = left < FLOAT_STRIP_TOKENS ? left : FLOAT_STRIP_TOKENS;        \
      for (size_t row = p->row_begin; row < p->row_end; row += EW_STRIP_ROWS) {                                        \
        const uint16_t* w = (const uint16_t*)((const char*)p->weights + row * p->row_bytes);                           \
        const char* x = (const char*)p->activations + token * p->token_bytes;                                          \
        memset(sums, 0, tokens * sizeof sums[0]);                                                                      \
        for (size_t column = 0; column < p->columns; column += FLOAT_STRIP_COLUMNS) {                                  \
          const size_t rest = p->columns - column;                                                                     \
          const size_t columns = rest < FLOAT_STRIP_COLUMNS ? rest : FLOAT_STRIP_COLUMNS;                              \
          const uint16_t* from = w + column * EW_STRIP_ROWS;                                                           \
          const char* begin = x + column * sizeof(float);                                                              \
          size_t t = 0;                                                                                                \
          for (; t + 8 <= tokens; t += 8)                                                                              \
            float_strip_tile_##format(from, begin + t * p->token_bytes, p, 8, columns, sums + t);                      \
          for (; t + 2 <= tokens; t += 2)                                                                              \
            float_strip_tile_##format(from, begin + t * p->token_bytes, p, 2, columns, sums + t);                      \
          if (t < tokens) float_strip_tile_##format(from, begin + t * p->token_bytes, p, 1, columns, sums + t);        \
        }                                                                                                              \
        for (size_t t = 0; t < tokens; t++)                                                                            \
          memcpy(p->out + (token + t) * p->out_stride + row, sums[t], sizeof sums[t]);                                 \
      }                                                                                                                \
    }                                                                                                                  \
  }

EW_FLOAT_STRIPS(f16)
EW_FLOAT_STRIPS(bf16)
