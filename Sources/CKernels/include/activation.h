#pragma once
#include "tier.h"
#include <stddef.h>
#include <stdint.h>

// Activations for the products with block formats: int8 codes with one scale per 32 columns ("Q8").
//
// One token takes ew_q8_bytes(columns) bytes, columns a multiple of 32, in five sections that each begin on a multiple of 64
// bytes from the token's start (the token itself must begin on a multiple of 64):
//   codes   int8[columns]      round to nearest even of x / scale, within -127...127
//   scales  f32[columns / 32]  largest magnitude of the 32 columns / 127 (0 when that is below 1e-30)
//   offsets f32[columns / 32]  scale * sum of the 32 codes: multiplies a block's minimum
//   sums    i16[columns / 16]  sums of 16 codes: multiply an integer offset of the codes
//   negated i32[columns / 32]  minus the sums of 32 codes: where integer sums begin that take off an offset
// Scales and offsets are zero from columns / 32 to the next multiple of 8, so that kernels may take eight blocks at a time.
// Reading 256 codes from any multiple of 256 below columns stays within the token.
// Quantization error of one value: at most scale / 2 plus two roundings (scale * 127 * 2^-22). A block with
// values that are not finite gets a scale that is not, and unspecified codes.

static inline size_t ew_padded(size_t bytes) { return (bytes + 63) & ~(size_t)63; }

/// The bytes of one token's Q8 activations.
static inline size_t ew_q8_bytes(size_t columns) {
  return ew_padded(columns) + 3 * ew_padded(columns / 32 * 4) + ew_padded(columns / 16 * 2);
}

/// The sections of one token.
typedef struct {
  const int8_t* codes;
  const float* scales;
  const float* offsets;
  const int16_t* sums;
  const int32_t* negated;
} ew_q8_row;

static inline ew_q8_row ew_q8_row_at(const void* token, size_t columns) {
  const char* base = token;
  const char* scales = base + ew_padded(columns);
  const char* offsets = scales + ew_padded(columns / 32 * 4);
  const char* sums = offsets + ew_padded(columns / 32 * 4);
  return (ew_q8_row){(const int8_t*)base, (const float*)scales, (const float*)offsets, (const int16_t*)sums,
                     (const int32_t*)(sums + ew_padded(columns / 16 * 2))};
}

/// Quantizes one token's `columns` values (a multiple of 32) to Q8.
void ew_quantize_q8(ew_tier tier, const float* x, size_t columns, void* out);

/// Rounds `columns` values to BF16, to nearest even, for products with strips of BF16; an odd number is followed by one zero.
/// Not-a-number stays that. Relative error of a value: at most 2^-9, or 2^-134 of values below 2^-126.
void ew_round_bf16(const float* x, size_t columns, uint16_t* out);

// Activations for the products with strips (strips.h): int8 codes with scales that are one number of a token times powers of two
// ("Q8 in steps"), so that a kernel multiplies by a block's scale by adding to an exponent, and by the token's once at the end.
//
// A block's step is the least with which its codes do not exceed 127, so its scale is less than twice as coarse as it could be, or
// 2^-24 of the token's largest. Error of one value: at most unit * 2^step / 2 plus two roundings. A token with values that are not
// finite has a unit that is not, and unspecified codes.

/// 256 columns of a token; columns after the token's last are zero.
typedef struct {
  /// Round to nearest even of x / (unit * 2^step), within -127...127.
  int8_t codes[256];
  /// Of 32 columns each: 2^23 times the step, 0...24, which turns the bits of a number into those of 2^step times it.
  int32_t steps[8];
  /// 2^step times the sum of 32 codes: multiplies a block's minimum.
  float spans[8];
  /// Minus the sums of 32 codes: where integer sums begin that take off an offset of the weights' codes.
  int32_t negated[8];
  /// Minus the sums of 16 codes.
  int32_t halves[16];
  /// The token's largest magnitude / 127 / 2^24, or 0 when that magnitude is below 1e-28; the same in all of its groups.
  float unit;
  uint8_t unused[28];
} ew_q8_group;

/// The bytes of one token's activations in steps: a group for each 256 columns, and it must begin on a multiple of 64.
static inline size_t ew_q8_steps_bytes(size_t columns) { return (columns + 255) / 256 * sizeof(ew_q8_group); }

/// Quantizes one token's `columns` values (a multiple of 32) to Q8 in steps.
void ew_quantize_q8_steps(ew_tier tier, const float* x, size_t columns, ew_q8_group* out);
