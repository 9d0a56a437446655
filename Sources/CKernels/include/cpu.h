#pragma once
#include <stdint.h>

/// Instruction sets, as bits of `ew_cpu_features`. A bit is set only when the CPU has the instructions (CPUID leaves 1, 7
/// and 0x80000001; hardware capabilities on Arm) and the operating system saves the registers that they need (XGETBV).
enum : uint64_t {
  EW_CPU_sse2 = 1ull << 0,
  EW_CPU_sse4_2 = 1ull << 1,
  EW_CPU_popcnt = 1ull << 2,
  EW_CPU_avx = 1ull << 3,
  EW_CPU_f16c = 1ull << 4,
  EW_CPU_fma = 1ull << 5,
  EW_CPU_avx2 = 1ull << 6,
  EW_CPU_bmi2 = 1ull << 7,
  EW_CPU_avx512f = 1ull << 8,
  EW_CPU_avx512bw = 1ull << 9,
  EW_CPU_avx512dq = 1ull << 10,
  EW_CPU_avx512vl = 1ull << 11,
  EW_CPU_avx512vbmi = 1ull << 12,
  EW_CPU_avx512vnni = 1ull << 13,
  EW_CPU_avx512bf16 = 1ull << 14,
  EW_CPU_avx512fp16 = 1ull << 15,
  EW_CPU_avxvnni = 1ull << 16,
  EW_CPU_avxvnniint8 = 1ull << 17,
  EW_CPU_amxtile = 1ull << 18,
  EW_CPU_amxint8 = 1ull << 19,
  EW_CPU_amxbf16 = 1ull << 20,
  EW_CPU_neon = 1ull << 32,
  EW_CPU_fp16 = 1ull << 33,
  EW_CPU_dotprod = 1ull << 34,
  EW_CPU_i8mm = 1ull << 35,
  EW_CPU_bf16 = 1ull << 36,
  EW_CPU_sve = 1ull << 37,
  EW_CPU_sve2 = 1ull << 38,
  EW_CPU_sme = 1ull << 39,
};

/// The instruction sets that programs can use here and now.
uint64_t ew_cpu_features(void);

/// Writes the vendor identification of CPUID leaf 0 (at most 12 characters); empty where there is none.
void ew_cpu_vendor(char text[static 64]);

/// Writes the brand string of CPUID leaves 0x80000002 to 4 or the system's own name; empty where there is none.
void ew_cpu_brand(char text[static 128]);
