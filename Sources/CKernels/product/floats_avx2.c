#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,bmi2"))), apply_to = function)
#define EW_TIER_NAME avx2
#define EW_WIDTH 8
// 16 rows by 6 tokens: 12 sums, 2 registers of weights and a broadcast within 16 registers.
#define EW_TILE 6
#define EW_FEW(format) float_rows_##format
#include "float_rows_avx2.h"
#include "float_panel_x86.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
