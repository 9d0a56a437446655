#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang attribute push(                                                                                          \
    __attribute__((target("avx2,fma,f16c,bmi2,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"))), apply_to = function)
#define EW_TIER_NAME avx512vnni
#define EW_BYTES 64
#define EW_CHAINS 16
#define EW_REGISTER(value) "+v"(value)
#define EW_DOT(sum, a, b) (integers) _mm512_dpbusd_epi32((__m512i)(sum), (__m512i)(a), (__m512i)(b))
#include "probe_body.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
