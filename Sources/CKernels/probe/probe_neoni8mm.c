#if defined(__aarch64__)
#include <arm_neon.h>
#pragma clang attribute push(__attribute__((target("dotprod,i8mm"))), apply_to = function)
#define EW_TIER_NAME neoni8mm
#define EW_BYTES 16
#define EW_CHAINS 16
#define EW_REGISTER(value) "+w"(value)
// Two rows of eight times two columns of eight.
#define EW_PRODUCTS 32
#define EW_DOT(sum, a, b) (integers) vmmlaq_s32((int32x4_t)(sum), (int8x16_t)(a), (int8x16_t)(b))
#include "probe_body.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
