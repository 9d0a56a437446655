#pragma once
#include "tier.h"
#include <stddef.h>
#include <stdint.h>

// Attention of query vectors over the cached keys and values of one key-value head, in one pass (running maximum).
//
// The cache of one head is two arrays of pages of EW_CACHE_PAGE positions. A page of keys is transposed, (head size, position), so
// that a score needs no sum across lanes; a page of values is (position, head size). Cells are f16, or codes with one f16 scale
// for 32 consecutive values of a position's vector (x = scale * code):
//   F16    f16[size * page]
//   Q8_0   int8[size * page], then f16 scales[size / 32 * page]
//   Q4_0   nibbles (code + 8)[size / 2 * page], then f16 scales[size / 32 * page]
// Keys order their codes (value, position) and their scales (block, position); values (position, value) and (position, block). A
// byte of Q4_0 holds, of a block of 32, value i in its low and value i + 16 in its high nibble (i < 16), in the place
// that i alone would have among half as many values.
//
// Row r of `queries` sees positions first[r] ..< visible[r], at least one: a causal batch lists its tokens' rows with growing
// ends, a sliding window with growing beginnings, one decode step the heads of the group with equal ones.
//
// s[p] = scale * queries[r] . keys[p], or soft_cap * tanh(scale * queries[r] . keys[p] / soft_cap) when soft_cap > 0.
// out[r] = sum over p of e^s[p] * values[p] / (sum over p of e^s[p] + e^sinks[r]), the last term only where there are sinks.
// Error of a value, u = 2^-24, n = positions, h = head_size: at most
// (n / 16 + 40 + 4 S) u * max |values| with S = (h / 8 + 6) * max over p of sum |scale * q * k|, plus 40 soft_cap when it is used.

/// Positions of a page of the cache.
enum { EW_CACHE_PAGE = 64 };

/// Head sizes are multiples of 8 (of 32 for Q8_0 and Q4_0) up to this.
enum { EW_ATTENTION_HEAD_MAX = 512 };

/// Bytes of one page of the keys, or of the values, of one head in cells of `format` (a number of ew_format); 0 for a format
/// that cells cannot have.
size_t ew_cache_page_bytes(int format, size_t head_size);

/// Rounds one position's key (head_size values) into its page of `keys`, and its value into `values`.
void ew_cache_store(ew_tier tier, int format, size_t head_size, const float* key, const float* value, size_t position,
                    void* keys, void* values);

typedef struct {
  /// The cells' format, of ew_format: F16, Q8_0 or Q4_0.
  int format;
  size_t head_size;
  const void* keys;
  const void* values;
  const float* queries;
  /// Values from one query row to the next, for `queries`.
  size_t query_stride;
  size_t rows;
  const uint32_t* first;
  const uint32_t* visible;
  float scale;
  float soft_cap;
  /// One per row, or null.
  const float* sinks;
  float* out;
  size_t out_stride;
  /// Only positions from begin (a multiple of the page) to end are looked at. When `largest` is not null the sums go to `out`
  /// undivided, and each row's largest score and total weight to `largest` and `total`, for ew_attend_join.
  size_t begin;
  size_t end;
  float* largest;
  float* total;
} ew_attention;

void ew_attend(ew_tier tier, const ew_attention* attention);

/// Joins the sums of `parts` of the positions of one row, each `size` values and `stride` apart, into out; `sink` as in ew_attention,
/// minus infinity when there is none.
void ew_attend_join(size_t parts, const float* sums, size_t stride, const float* largest, const float* total, float sink,
                    size_t size, float* out);
