#pragma once
#include "tier.h"
#include <stddef.h>
#include <stdint.h>

// Attention of query vectors over the cached keys and values of one key-value head, in one pass (running maximum).
//
// Keys and values are f16, position p at keys + p * position_stride. The layout that streams best keeps the positions of one
// head together: (layer, key-value head, position, head size), so that position_stride = head_size.
// Row r of `queries` sees the first visible[r] positions (at least 1): a causal batch lists its tokens' rows with growing counts;
// one decode step lists the heads of the group with equal counts.
//
// out[r] = sum over p of softmax(scale * queries[r] . keys[p])[p] * values[p]
// Error of a value, u = 2^-24, n = visible[r], h = head_size: at most
// (n / 16 + 40 + 4 S) u * max |values| with S = (h / 8 + 6) * max over p of sum |scale * q * k|.

typedef struct {
  const float* queries;
  /// Values from one query row to the next, for `queries`.
  size_t query_stride;
  size_t rows;
  const uint32_t* visible;
  size_t head_size;
  const uint16_t* keys;
  const uint16_t* values;
  /// f16 values from one position to the next.
  size_t position_stride;
  float scale;
  float* out;
  size_t out_stride;
} ew_attention;

/// Head sizes are multiples of 8 up to this.
enum { EW_ATTENTION_HEAD_MAX = 512 };

void ew_attend(ew_tier tier, const ew_attention* attention);
