#include "CKernels.h"

#define ALL(wanted) ((ew_cpu_features() & (wanted)) == (wanted))

bool ew_tier_usable(ew_tier tier) {
  switch (tier) {
  case EW_TIER_scalar:
    return true;
  case EW_TIER_avx2:
#if defined(__x86_64__)
    return ALL(EW_CPU_avx2 | EW_CPU_fma | EW_CPU_f16c);
#else
    return false;
#endif
  case EW_TIER_avxvnni:
#if defined(EW_AVXVNNI_BY_AVX512)
    // A test build, in which this tier's instruction is the one of AVX-512 that does the same.
    return ew_tier_usable(EW_TIER_avx512vnni);
#elif defined(__x86_64__)
    return ALL(EW_CPU_avx2 | EW_CPU_fma | EW_CPU_f16c | EW_CPU_avxvnni);
#else
    return false;
#endif
  case EW_TIER_avx512vnni:
#if defined(__x86_64__)
    return ALL(EW_CPU_avx2 | EW_CPU_fma | EW_CPU_f16c | EW_CPU_avx512f | EW_CPU_avx512bw | EW_CPU_avx512dq |
               EW_CPU_avx512vl | EW_CPU_avx512vnni);
#else
    return false;
#endif
  case EW_TIER_neondotprod:
#if defined(__aarch64__)
    return ALL(EW_CPU_neon | EW_CPU_dotprod);
#else
    return false;
#endif
  case EW_TIER_neoni8mm:
#if defined(__aarch64__)
    return ALL(EW_CPU_neon | EW_CPU_dotprod | EW_CPU_i8mm);
#else
    return false;
#endif
  }
  return false;
}

ew_tier ew_tier_fallback(ew_tier tier) {
  switch (tier) {
  case EW_TIER_avxvnni:
  case EW_TIER_avx512vnni:
    return EW_TIER_avx2;
  case EW_TIER_neoni8mm:
    return EW_TIER_neondotprod;
  default:
    return EW_TIER_scalar;
  }
}
