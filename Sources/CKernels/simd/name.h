#pragma once

// Names of functions that one body defines for several tiers: EW_NAME(ew_add) is ew_add__avx2 where EW_TIER_NAME is avx2.

#define EW_JOIN_EXPANDED(name, tier) name##__##tier
#define EW_JOIN(name, tier) EW_JOIN_EXPANDED(name, tier)
#define EW_NAME(name) EW_JOIN(name, EW_TIER_NAME)
