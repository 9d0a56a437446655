#include "activation.h"

typedef void quantizer(const float* x, size_t columns, void* out);

#define EW_ACTIVATION(tier) quantizer ew_quantize_q8__##tier;
#include "activation.inc"
#undef EW_ACTIVATION

static quantizer* const table[EW_TIER_COUNT] = {
#define EW_ACTIVATION(tier) [EW_TIER_##tier] = ew_quantize_q8__##tier,
#include "activation.inc"
};

void ew_quantize_q8(ew_tier tier, const float* x, size_t columns, void* out) {
  while (!table[tier]) tier = ew_tier_fallback(tier);
  table[tier](x, columns, out);
}
