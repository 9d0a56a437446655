#include "attention.h"

typedef void attender(const ew_attention* attention);

#define EW_ATTENTION(tier) attender ew_attend__##tier;
#include "attention.inc"
#undef EW_ATTENTION

static attender* const table[EW_TIER_COUNT] = {
#define EW_ATTENTION(tier) [EW_TIER_##tier] = ew_attend__##tier,
#include "attention.inc"
};

void ew_attend(ew_tier tier, const ew_attention* attention) {
  while (!table[tier]) tier = ew_tier_fallback(tier);
  table[tier](attention);
}
