#include "../codec/half.h"
#include <stddef.h>

static inline void widen(const uint16_t* in, size_t count, float* out, size_t ahead) {
  (void)ahead;
  for (size_t i = 0; i < count; i++) out[i] = ew_float_from_half(in[i]);
}

// Registers of 128 bits, which every 64-bit machine has; arm64 has 32 of them.
#define EW_TIER_NAME scalar
#define EW_WIDTH 4
#if defined(__aarch64__)
#define EW_ACROSS 4
#else
#define EW_ACROSS 2
#endif
#define EW_DOWN 4
#define EW_WIDEN(in, count, out, ahead) widen(in, count, out, ahead)

typedef float four_floats __attribute__((ext_vector_type(4), aligned(4)));

static inline four_floats widen_four(const void* in) {
  four_floats out;
  for (int i = 0; i < 4; i++) out[i] = ew_float_from_half(((const uint16_t*)in)[i]);
  return out;
}

#define EW_HALVES(in) widen_four(in)
#include "attention_body.h"
