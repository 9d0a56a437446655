#pragma once
#include "product.h"

// Products with matrices whose rows are woven together in strips of 32, once, when they are loaded.
//
// In a strip a vector register is filled by the same four columns of 16 rows: a product needs neither shuffles nor a sum over lanes,
// and the strip is read from its first byte to its last. A strip takes the bytes of its 32 rows. For each 256 columns (the last
// group of a format with blocks of 32 may have fewer blocks) it has these sections, and in each, element by element, the 32 rows:
//   F16, BF16  each column
//   Q4_0  scale (2 bytes) of each block; then 4 words of 4 bytes of codes of each block
//   Q8_0  scale of each block; then 8 words of codes of each block, with their sign bits flipped
//   Q4_K  scale, minimum; 3 words of factors; 32 words of codes
//   Q5_K  scale, minimum; 3 words of factors; 8 words of fifth bits; 32 words of codes
//   Q6_K  scale; 4 words of factors; 16 times a word of upper bits and the two words of lower bits that these complete
// A strip begins on a multiple of 64 bytes. Activations of block formats are in steps, those of BF16 in
// BF16 (activation.h), others plain f32. What is
// computed, and its error, are those of product.h; rows begin and end on multiples of 32, and every sum is the same however rows
// and tokens are divided among calls.

enum { EW_STRIP_ROWS = 32 };

/// Whether the tier has a kernel for strips of `format`; no other tier takes its place.
bool ew_strips_supported(ew_tier tier, int format);

/// Weaves 32 rows of `columns` values, one after the other, into a strip of as many bytes elsewhere.
bool ew_strip_weave(int format, const void* rows, size_t columns, void* strip);

/// Writes row `row` of a strip in the file's layout.
bool ew_strip_row(int format, const void* strip, size_t columns, size_t row, void* out);

/// Multiplies strips: `weights` is the first strip, and `row_bytes` a 32nd of a strip's bytes.
bool ew_strips_run(ew_tier tier, int format, const ew_product* product);
