#include "../simd/vector8.h"

static inline ew_float8 widen8(const uint16_t* in) {
  ew_float8 out;
  for (int i = 0; i < 8; i++) out[i] = ew_float_from_half(in[i]);
  return out;
}

#define EW_TIER_NAME scalar
#define EW_WIDEN8(in) widen8(in)
#include "attention_body.h"
