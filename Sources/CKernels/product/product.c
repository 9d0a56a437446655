#include "product.h"

typedef void multiplier(const ew_product* product);

#define EW_PRODUCT(format, tier) multiplier ew_product_##format##__##tier;
#include "product.inc"
#undef EW_PRODUCT

static multiplier* const table[EW_TIER_COUNT][EW_FORMAT_COUNT] = {
#define EW_PRODUCT(format, tier) [EW_TIER_##tier][EW_FORMAT_##format] = ew_product_##format##__##tier,
#include "product.inc"
};

bool ew_product_supports(int format) {
  return format >= 0 && format < EW_FORMAT_COUNT && table[EW_TIER_scalar][format];
}

bool ew_product_is_native(ew_tier tier, int format) { return ew_product_supports(format) && table[tier][format]; }

bool ew_product_run(ew_tier tier, int format, const ew_product* product) {
  if (!ew_product_supports(format)) return false;
  while (!table[tier][format]) tier = ew_tier_fallback(tier);
  table[tier][format](product);
  return true;
}
