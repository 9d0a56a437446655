#pragma once
// How activations in steps (activation.h) are scaled: the arithmetic that all tiers share.
#include "../codec/half.h"

enum { LAST_STEP = 24 };

/// A token's unit, and what codes of step 0 are multiplied by before they are rounded, divided by 2^24.
typedef struct {
  float unit, inverse;
} step_scale;

/// The scale for a token whose largest magnitude has these bits.
static inline step_scale step_scale_of(uint32_t largest) {
  const float magnitude = ew_float_from_bits(largest);
  if (magnitude < 1e-28f) return (step_scale){0, 0};
  return (step_scale){magnitude / 127 / (1 << LAST_STEP), 127 / magnitude};
}

/// The least step for a block whose largest magnitude has the bits `block`, in a token whose has `largest`. The difference of two
/// numbers' bits is 2^23 times that of their logarithms, rounded within its whole part only.
static inline int32_t step_of(uint32_t block, uint32_t largest) {
  const int32_t above = (int32_t)(block - largest) + (1 << 23) - 1;
  const int32_t step = LAST_STEP + (above >> 23);
  return step < 0 ? 0 : step;
}

/// What values of a block with `step` are multiplied by.
static inline float step_inverse(step_scale scale, int32_t step) { return scale.inverse * (float)(1 << (LAST_STEP - step)); }
