#include "CKernels.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <string.h>

static uint64_t enabled_state(void) {
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return ((uint64_t)high << 32) | low;
}

#define TAKE(word, bit, name, allowed)                                                                                 \
  if ((allowed) && ((word) >> (bit) & 1)) features |= EW_CPU_##name

uint64_t ew_cpu_features(void) {
  uint32_t a, b, c, d;
  uint64_t features = 0;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
  // XCR0: bits 1-2 the 128- and 256-bit registers, 5-7 the 512-bit ones and their masks, 17-18 the tiles.
  const uint64_t state = (c >> 27 & 1) ? enabled_state() : 0;
  const bool ymm = (state & 0x06) == 0x06;
  const bool zmm = ymm && (state & 0xe0) == 0xe0;
  const bool tiles = (state & 0x60000) == 0x60000;
  TAKE(d, 26, sse2, true);
  TAKE(c, 20, sse4_2, true);
  TAKE(c, 23, popcnt, true);
  TAKE(c, 28, avx, ymm);
  TAKE(c, 29, f16c, ymm);
  TAKE(c, 12, fma, ymm);
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return features;
  const uint32_t subleaves = a;
  TAKE(b, 5, avx2, ymm);
  TAKE(b, 8, bmi2, true);
  TAKE(b, 16, avx512f, zmm);
  TAKE(b, 30, avx512bw, zmm);
  TAKE(b, 17, avx512dq, zmm);
  TAKE(b, 31, avx512vl, zmm);
  TAKE(c, 1, avx512vbmi, zmm);
  TAKE(c, 11, avx512vnni, zmm);
  TAKE(d, 23, avx512fp16, zmm);
  TAKE(d, 24, amxtile, tiles);
  TAKE(d, 25, amxint8, tiles);
  TAKE(d, 22, amxbf16, tiles);
  if (subleaves >= 1 && __get_cpuid_count(7, 1, &a, &b, &c, &d)) {
    TAKE(a, 4, avxvnni, ymm);
    TAKE(a, 5, avx512bf16, zmm);
    TAKE(d, 4, avxvnniint8, ymm);
  }
  return features;
}

void ew_cpu_vendor(char text[static 64]) {
  uint32_t words[4] = {0};
  uint32_t a;
  memset(text, 0, 64);
  if (!__get_cpuid(0, &a, &words[0], &words[2], &words[1])) return;
  memcpy(text, words, 12);
}

void ew_cpu_brand(char text[static 128]) {
  uint32_t words[12] = {0};
  memset(text, 0, 128);
  for (uint32_t i = 0; i < 3; i++)
    if (!__get_cpuid(0x80000002u + i, &words[4 * i], &words[4 * i + 1], &words[4 * i + 2], &words[4 * i + 3])) return;
  memcpy(text, words, sizeof words);
}
#endif
