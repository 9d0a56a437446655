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
#include "float_panel_x86.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
