#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(                                                                                          \
    __attribute__((target("avx2,fma,f16c,bmi2,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"))), apply_to = function)
#define EW_TIER_NAME avx512vnni
#define EW_LANES 16
#define EW_TILE 8
#include "rows_avx512vnni.h"
#include "rows_quarters_avx512vnni.h"
#include "rows_sixteens_avx512vnni.h"
#include "tiles_avx512vnni.h"
#include "tiles_formats_avx512vnni.h"
#include "wide_avx512vnni.h"
#include "strips_avx512vnni.h"
#include "strips_floats_avx512vnni.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
