#include "activation.h"
#include "../codec/half.h"

typedef void quantizer(const float* x, size_t columns, void* out);
typedef void steps_quantizer(const float* x, size_t columns, ew_q8_group* out);

#define EW_ACTIVATION(tier)           \
  quantizer ew_quantize_q8__##tier;   \
  steps_quantizer ew_quantize_q8_steps__##tier;
#include "activation.inc"
#undef EW_ACTIVATION

typedef struct {
  quantizer* plain;
  steps_quantizer* steps;
} quantizers;

static const quantizers table[EW_TIER_COUNT] = {
#define EW_ACTIVATION(tier) [EW_TIER_##tier] = {ew_quantize_q8__##tier, ew_quantize_q8_steps__##tier},
#include "activation.inc"
};

static quantizers of_tier(ew_tier tier) {
  while (!table[tier].plain) tier = ew_tier_fallback(tier);
  return table[tier];
}

void ew_quantize_q8(ew_tier tier, const float* x, size_t columns, void* out) { of_tier(tier).plain(x, columns, out); }

void ew_quantize_q8_steps(ew_tier tier, const float* x, size_t columns, ew_q8_group* out) {
  of_tier(tier).steps(x, columns, out);
}

void ew_round_bf16(const float* x, size_t columns, uint16_t* out) {
  for (size_t i = 0; i < columns; i++) {
    const uint32_t bits = ew_bits_from_float(x[i]);
    const uint32_t rounded = (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
    out[i] = (uint16_t)((bits & 0x7fffffff) > 0x7f800000 ? bits >> 16 | 0x40 : rounded);
  }
  if (columns % 2) out[columns] = 0;
}
