// The probes of probe.h in vectors of EW_BYTES bytes; the including file defines EW_TIER_NAME, EW_BYTES, the accumulators'
// number EW_CHAINS, and EW_DOT(sum, a, b): the tier's multiply-add of int8 into 32-bit sums, of EW_PRODUCTS products if not one
// for every byte.
#include "../simd/name.h"
#include "CKernels.h"

#ifndef EW_PRODUCTS
#define EW_PRODUCTS EW_BYTES
#endif

typedef uint64_t words __attribute__((ext_vector_type(EW_BYTES / 8)));
typedef float floats __attribute__((ext_vector_type(EW_BYTES / 4)));
typedef int32_t integers __attribute__((ext_vector_type(EW_BYTES / 4)));

uint64_t EW_NAME(ew_probe_read)(const void* buffer, size_t bytes) {
  words sums[4] = {0};
  for (size_t at = 0; at < bytes; at += 512) {
    const char* from = (const char*)buffer + at;
    for (int line = 0; line < 512; line += 64) __builtin_prefetch(from + 2048 + line, 0, 3);
#pragma clang loop unroll(full)
    for (int i = 0; i < 512 / EW_BYTES; i++) sums[i % 4] += *(const words*)(from + i * EW_BYTES);
  }
  const words sum = sums[0] + sums[1] + sums[2] + sums[3];
  uint64_t total = 0;
  for (int i = 0; i < EW_BYTES / 8; i++) total += sum[i];
  return total;
}

// The empty assembly makes every round's value opaque, so that nothing is computed in advance or left out.
#define KEEP(value) __asm__ volatile("" : EW_REGISTER(value))

uint64_t EW_NAME(ew_probe_f32)(size_t rounds) {
  floats sums[EW_CHAINS];
  for (int i = 0; i < EW_CHAINS; i++) sums[i] = (floats)(float)i;
  floats a = (floats)0.5f, b = (floats)1.0f;
  KEEP(a);
  KEEP(b);
  for (size_t round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
    for (int i = 0; i < EW_CHAINS; i++) {
      sums[i] = sums[i] * a + b;
      KEEP(sums[i]);
    }
  }
  return (uint64_t)rounds * EW_CHAINS * (EW_BYTES / 4) * 2;
}

uint64_t EW_NAME(ew_probe_int8)(size_t rounds) {
  integers sums[EW_CHAINS];
  for (int i = 0; i < EW_CHAINS; i++) sums[i] = (integers)i;
  integers a = (integers)0x01020304, b = (integers)0x7f018103;
  KEEP(a);
  KEEP(b);
  for (size_t round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
    for (int i = 0; i < EW_CHAINS; i++) {
      KEEP(a);
      sums[i] = EW_DOT(sums[i], a, b);
      KEEP(sums[i]);
    }
  }
  return (uint64_t)rounds * EW_CHAINS * EW_PRODUCTS * 2;
}
