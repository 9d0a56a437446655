#if defined(__x86_64__)
#include "../simd/avxvnni.h"
#pragma clang attribute push(__attribute__((target(EW_AVXVNNI))), apply_to = function)
#define EW_TIER_NAME avxvnni
#define EW_LANES 8
#define EW_TILE 6
#include "rows_avx2.h"
#include "rows_formats_avx2.h"
#include "tiles_avxvnni.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
