#pragma once
#include <assert.h>
#include <stdint.h>

// The block formats of GGUF files that the kernels read in place. f16 numbers are kept as their 16 bits, little endian.
// Blocks follow each other without padding, so a block may begin at any address: the structs are packed.

#define EW_BLOCK struct __attribute__((packed))

/// 32 values: x[i] = scale * codes[i].
typedef EW_BLOCK {
  uint16_t scale;
  int8_t codes[32];
} ew_q8_0;
static_assert(sizeof(ew_q8_0) == 34);

/// 32 values: x[i] = scale * (low nibble of codes[i] - 8), x[i + 16] = scale * (high nibble of codes[i] - 8), i < 16.
typedef EW_BLOCK {
  uint16_t scale;
  uint8_t codes[16];
} ew_q4_0;
static_assert(sizeof(ew_q4_0) == 18);

/// 256 values in 8 sub-blocks of 32: x[i] = scale * scales[j] * code - minimum * minima[j], j = i / 32, codes 0...15.
/// Sub-blocks 2k and 2k + 1 are the low and the high nibbles of codes[32k ..< 32k + 32].
/// `packed` holds 8 scales and 8 minima of 6 bits: bytes 0...3 have scales 0...3 and bytes 4...7 minima 0...3 in their low
/// six bits; bytes 8...11 have the low four bits of scales 4...7 (low nibble) and of minima 4...7 (high nibble), whose two
/// upper bits are the two upper bits of bytes 0...3 and 4...7.
typedef EW_BLOCK {
  uint16_t scale;
  uint16_t minimum;
  uint8_t packed[12];
  uint8_t codes[128];
} ew_q4_k;
static_assert(sizeof(ew_q4_k) == 144);

/// 256 values in 16 sub-blocks of 16: x[i] = scale * scales[i / 16] * (code - 32), codes 0...63.
/// In each half of 128 values, for i < 32: the low four bits of values i, i + 32, i + 64 and i + 96 are the low nibbles of
/// low[i] and low[i + 32] and their high nibbles; the upper two bits are bits 0-1, 2-3, 4-5 and 6-7 of high[i].
typedef EW_BLOCK {
  uint8_t low[128];
  uint8_t high[64];
  int8_t scales[16];
  uint16_t scale;
} ew_q6_k;
static_assert(sizeof(ew_q6_k) == 210);
