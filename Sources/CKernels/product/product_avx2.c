#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,bmi2"))), apply_to = function)
#define EW_TIER_NAME avx2
#define EW_LANES 8
#define EW_TILE 4
#include "rows_avx2.h"
#include "rows_formats_avx2.h"
#include "tiles_avx2.h"
#include "tiles_formats_avx2.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
