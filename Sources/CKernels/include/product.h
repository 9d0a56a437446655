#pragma once
#include "codec.h"
#include "tier.h"

// Products of a weight matrix in a file's own layout with the activations of one or more tokens:
// out[token * out_stride + row] = sum over columns of weight[row][column] * x[token][column].
//
// Activations are Q8 (activation.h) for the block formats and plain f32 for F32, F16 and BF16. Weights need no alignment,
// f32 activations need that of f32, Q8 activations 64 bytes. Nothing beyond the given rows is read, except by prefetch, which
// cannot fault. Every token * row pair is summed in an order that depends only on columns, the tier, and whether the call has
// fewer than EW_PANEL_TOKENS tokens: how rows and tokens are divided among calls of the same kind changes nothing.
//
// Error. Dot products of 32 (Q6_K: 16) codes are exact in integers: |sum| <= 32 * 255 * 127 < 2^24, so their conversion to
// f32 is exact too; so are those of Q2_K and Q3_K with the integer factors of their 16 columns, |factor * code| <= 128, and
// those of Q2_K's integer minima with sums of codes. What remains are f32 roundings: at most four per block on its way into the
// sum (scale products and fused or separate multiply-add), and one per addition. With u = 2^-24 and B = columns / 32 blocks:
// |error| <= (2 B + 8) u * sum (|scale| * largest |code| + |offset|) * |x|, codes and offsets as large as their block allows;
// a code is what its scale multiplies: the table's number for IQ4_NL, IQ4_XS and MXFP4, with Q3_K's integer factor for Q3_K.
// Signed codes are also multiplied as unsigned ones with an offset that is as large as they are. Where a scale times a scale of
// activations is below 2^-126, as MXFP4 allows, the error of rounding to subnormal numbers, 2^-149 times the dot product, comes on top.
// F32, F16 and BF16 are added in at least eight chains, or in chains of at most 256 columns whose sums are then added:
// |error| <= (2 * (columns / 8 + 8) or columns / 128 + min(columns, 256) + 2, whichever is more) u * sum |w| |x|.

/// Calls with at least this many tokens unpack weights into panels; below it, rows are multiplied where they lie.
enum { EW_PANEL_TOKENS = 8 };

typedef struct {
  const void* weights;
  /// Bytes from one row to the next.
  size_t row_bytes;
  size_t columns;
  size_t row_begin;
  size_t row_end;
  const void* activations;
  /// Bytes from one token to the next.
  size_t token_bytes;
  size_t token_begin;
  size_t token_end;
  float* out;
  /// Values from one token to the next.
  size_t out_stride;
  /// Multiplies BF16 strips as CPUs of their tier without a BF16 instruction do, so that the others' tests reach that too.
  bool avoids_bf16_instruction;
} ew_product;

/// Whether some tier multiplies weights of `format`.
bool ew_product_supports(int format);

/// Whether the tier has a kernel of its own for `format`, rather than using its fallback's.
bool ew_product_is_native(ew_tier tier, int format);

/// Multiplies; false when the format is not supported.
bool ew_product_run(ew_tier tier, int format, const ew_product* product);
