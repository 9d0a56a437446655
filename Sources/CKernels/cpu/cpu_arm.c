#include "CKernels.h"

#if defined(__aarch64__) && defined(__linux__)
#include <string.h>
#include <sys/auxv.h>

// Bits of AT_HWCAP and AT_HWCAP2 as in the kernel's arch/arm64/include/uapi/asm/hwcap.h.
uint64_t ew_cpu_features(void) {
  const unsigned long first = getauxval(AT_HWCAP), second = getauxval(AT_HWCAP2);
  uint64_t features = 0;
  if (first >> 1 & 1) features |= EW_CPU_neon;
  if (first >> 10 & 1) features |= EW_CPU_fp16;
  if (first >> 20 & 1) features |= EW_CPU_dotprod;
  if (first >> 22 & 1) features |= EW_CPU_sve;
  if (second >> 1 & 1) features |= EW_CPU_sve2;
  if (second >> 13 & 1) features |= EW_CPU_i8mm;
  if (second >> 14 & 1) features |= EW_CPU_bf16;
  if (second >> 23 & 1) features |= EW_CPU_sme;
  return features;
}

void ew_cpu_vendor(char text[static 64]) { memset(text, 0, 64); }
void ew_cpu_brand(char text[static 128]) { memset(text, 0, 128); }

#elif defined(__aarch64__) && defined(__APPLE__)
#include <string.h>
#include <sys/sysctl.h>

static bool has(const char* name) {
  int value = 0;
  size_t size = sizeof value;
  return sysctlbyname(name, &value, &size, 0, 0) == 0 && value != 0;
}

uint64_t ew_cpu_features(void) {
  uint64_t features = EW_CPU_neon;
  if (has("hw.optional.arm.FEAT_FP16")) features |= EW_CPU_fp16;
  if (has("hw.optional.arm.FEAT_DotProd")) features |= EW_CPU_dotprod;
  if (has("hw.optional.arm.FEAT_I8MM")) features |= EW_CPU_i8mm;
  if (has("hw.optional.arm.FEAT_BF16")) features |= EW_CPU_bf16;
  if (has("hw.optional.arm.FEAT_SME")) features |= EW_CPU_sme;
  return features;
}

void ew_cpu_vendor(char text[static 64]) {
  memset(text, 0, 64);
  memcpy(text, "Apple", 5);
}

void ew_cpu_brand(char text[static 128]) {
  size_t size = 127;
  memset(text, 0, 128);
  if (sysctlbyname("machdep.cpu.brand_string", text, &size, 0, 0) != 0) text[0] = 0;
}

#elif !defined(__x86_64__)
#include <string.h>

uint64_t ew_cpu_features(void) { return 0; }
void ew_cpu_vendor(char text[static 64]) { memset(text, 0, 64); }
void ew_cpu_brand(char text[static 128]) { memset(text, 0, 128); }
#endif
