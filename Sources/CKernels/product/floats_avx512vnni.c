#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang attribute push(                                                                                          \
    __attribute__((target("avx2,fma,f16c,bmi2,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"))), apply_to = function)
#define EW_TIER_NAME avx512vnni
#define EW_WIDTH 16
// 32 rows by 8 tokens: 16 sums and 2 registers of weights within 32 registers.
#define EW_TILE 8
// Few tokens wait for memory: wider registers were slower by half for F16 where both were measured (Zen 4).
#define EW_FEW(format) ew_product_##format##__avx2
#include "CKernels.h"
void ew_product_f32__avx2(const ew_product* product);
void ew_product_f16__avx2(const ew_product* product);
void ew_product_bf16__avx2(const ew_product* product);
#include "transpose_avx512.h"

/// Rows often lie a multiple of 4 KiB apart, whose lines share places in the cache: each is read once and whole.
static inline __attribute__((always_inline)) void words_of(const char* const rows[16], size_t at, __m512i v[16]) {
#pragma clang loop unroll(full)
  for (int r = 0; r < 16; r++) {
    v[r] = _mm512_loadu_si512(rows[r] + at);
    _mm_prefetch(rows[r] + at + 512, _MM_HINT_T1);
  }
  transpose16(v);
}

static inline void fill16_f32(const char* const rows[16], size_t at, float* out) {
  __m512i v[16];
  words_of(rows, at, v);
  for (int i = 0; i < 16; i++) _mm512_store_si512(out + 2 * EW_WIDTH * i, v[i]);
}

static inline void fill16_f16(const char* const rows[16], size_t at, float* out) {
  __m512i v[16];
  words_of(rows, at, v);
  for (int i = 0; i < 16; i++) {
    const __m256i even = _mm512_cvtepi32_epi16(v[i]), odd = _mm512_cvtepi32_epi16(_mm512_srli_epi32(v[i], 16));
    _mm512_store_ps(out + 4 * EW_WIDTH * i, _mm512_cvtph_ps(even));
    _mm512_store_ps(out + 4 * EW_WIDTH * i + 2 * EW_WIDTH, _mm512_cvtph_ps(odd));
  }
}

static inline void fill16_bf16(const char* const rows[16], size_t at, float* out) {
  __m512i v[16];
  words_of(rows, at, v);
  for (int i = 0; i < 16; i++) {
    _mm512_store_si512(out + 4 * EW_WIDTH * i, _mm512_slli_epi32(v[i], 16));
    _mm512_store_si512(out + 4 * EW_WIDTH * i + 2 * EW_WIDTH,
                       _mm512_and_si512(v[i], _mm512_set1_epi32((int)0xffff0000)));
  }
}

#define EW_FILL16(format, rows, at, out) fill16_##format(rows, at, out)
#include "float_panel_x86.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
