#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Conversion between formats and f32. Exact: every code of every format has one f32 meaning; each product of a block's
// scales and a code is rounded once per multiplication, as the expressions in codec/blocks.h are written. No alignment needed.

/// Formats by their GGUF type numbers.
typedef enum {
  EW_FORMAT_f32 = 0,
  EW_FORMAT_f16 = 1,
  EW_FORMAT_q4_0 = 2,
  EW_FORMAT_q4_1 = 3,
  EW_FORMAT_q5_0 = 6,
  EW_FORMAT_q5_1 = 7,
  EW_FORMAT_q8_0 = 8,
  EW_FORMAT_q2_k = 10,
  EW_FORMAT_q3_k = 11,
  EW_FORMAT_q4_k = 12,
  EW_FORMAT_q5_k = 13,
  EW_FORMAT_q6_k = 14,
  EW_FORMAT_iq4_nl = 20,
  EW_FORMAT_iq4_xs = 23,
  EW_FORMAT_bf16 = 30,
  EW_FORMAT_mxfp4 = 39,
} ew_format;

enum { EW_FORMAT_COUNT = 40 };

/// Writes the `columns` values of one row of `format` to `out`; false when there is no such decoder.
/// `columns` is a multiple of the format's block.
bool ew_dequantize(int format, const void* row, size_t columns, float* out);

/// Widens f16 numbers; exact.
void ew_f32_from_f16(const uint16_t* in, size_t count, float* out);

/// Rounds to f16, to nearest and ties to even; beyond 65,519.99 becomes infinity, not-a-number stays one.
void ew_f16_from_f32(const float* in, size_t count, uint16_t* out);
