#if defined(__aarch64__)
#include <arm_neon.h>
#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)
#define EW_TIER_NAME neondotprod
#define EW_BYTES 16
#define EW_CHAINS 16
#define EW_REGISTER(value) "+w"(value)
#define EW_DOT(sum, a, b) (integers) vdotq_s32((int32x4_t)(sum), (int8x16_t)(a), (int8x16_t)(b))
#include "probe_body.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
