#if defined(__x86_64__)
#include "../simd/avxvnni.h"
#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang attribute push(__attribute__((target(EW_AVXVNNI))), apply_to = function)
#define EW_TIER_NAME avxvnni
#define EW_BYTES 32
#define EW_CHAINS 12
#define EW_REGISTER(value) "+x"(value)
#define EW_DOT(sum, a, b) (integers) EW_DPBUSD((__m256i)(sum), (__m256i)(a), (__m256i)(b))
#include "probe_body.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
