#include "../codec/half.h"
#include <stddef.h>

static inline void widen(const uint16_t* in, size_t count, float* out, size_t ahead) {
  (void)ahead;
  for (size_t i = 0; i < count; i++) out[i] = ew_float_from_half(in[i]);
}

#define EW_TIER_NAME scalar
#define EW_WIDTH 8
#define EW_ACROSS 1
#define EW_DOWN 4
#define EW_WIDEN(in, count, out, ahead) widen(in, count, out, ahead)
#include "attention_body.h"
