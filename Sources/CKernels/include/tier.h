#pragma once
#include <stdbool.h>

/// A set of instructions for which kernels are written; the numbers index the dispatch tables.
/// A tier that lacks a kernel of its own uses the one of the tier that `ew_tier_fallback` names.
typedef enum {
  EW_TIER_scalar = 0,
  EW_TIER_avx2 = 1,
  EW_TIER_avxvnni = 2,
  EW_TIER_avx512vnni = 3,
  EW_TIER_neondotprod = 4,
  EW_TIER_neoni8mm = 5,
} ew_tier;

enum { EW_TIER_COUNT = 6 };

/// Whether the tier's kernels are compiled in, and CPU and operating system can run them.
bool ew_tier_usable(ew_tier tier);

/// The next tier to look in for a kernel; `EW_TIER_scalar` is its own fallback.
ew_tier ew_tier_fallback(ew_tier tier);
