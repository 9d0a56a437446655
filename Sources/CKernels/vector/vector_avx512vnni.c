#if defined(__x86_64__)
#pragma clang attribute push(                                                                                          \
    __attribute__((target("avx2,fma,f16c,bmi2,avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)
#define EW_TIER_NAME avx512vnni
#include "vector_body.h"
#pragma clang attribute pop
#else
typedef int ew_empty;
#endif
