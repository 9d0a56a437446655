#pragma once
// The instruction set of the avxvnni tier: EW_AVXVNNI are its names, EW_DPBUSD(sum, u, s) adds the products of unsigned and signed
// bytes by fours. Where EW_AVXVNNI_BY_AVX512 is defined, for tests on processors without AVX-VNNI, AVX-512's instruction of the
// same effect stands in.
#include <immintrin.h>

#if defined(EW_AVXVNNI_BY_AVX512)
#define EW_AVXVNNI "avx2,fma,f16c,bmi2,avx512f,avx512vl,avx512vnni"
#define EW_DPBUSD(sum, u, s) _mm256_dpbusd_epi32(sum, u, s)
#else
#define EW_AVXVNNI "avx2,fma,f16c,bmi2,avxvnni"
#define EW_DPBUSD(sum, u, s) _mm256_dpbusd_avx_epi32(sum, u, s)
#endif
