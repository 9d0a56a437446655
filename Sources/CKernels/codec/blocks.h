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

/// 32 values: x[i] = scale * (low nibble of codes[i]) + minimum, x[i + 16] = scale * (high nibble of codes[i]) + minimum, i < 16.
typedef EW_BLOCK {
  uint16_t scale;
  uint16_t minimum;
  uint8_t codes[16];
} ew_q4_1;
static_assert(sizeof(ew_q4_1) == 20);

/// 32 values: x[i] = scale * (code - 16), codes 0...31 whose low four bits lie as in Q4_0 and whose fifth is bit i % 8 of
/// fifths[i / 8].
typedef EW_BLOCK {
  uint16_t scale;
  uint8_t fifths[4];
  uint8_t codes[16];
} ew_q5_0;
static_assert(sizeof(ew_q5_0) == 22);

/// 32 values: x[i] = scale * code + minimum, codes as in Q5_0.
typedef EW_BLOCK {
  uint16_t scale;
  uint16_t minimum;
  uint8_t fifths[4];
  uint8_t codes[16];
} ew_q5_1;
static_assert(sizeof(ew_q5_1) == 24);

/// 32 values: x[i] = scale * ew_iq4_values[code], nibbles as in Q4_0.
typedef EW_BLOCK {
  uint16_t scale;
  uint8_t codes[16];
} ew_iq4_nl;
static_assert(sizeof(ew_iq4_nl) == 18);

/// 32 values: x[i] = 2^(exponent - 128) * ew_mxfp4_values[code], nibbles as in Q4_0.
/// The exponent is an E8M0 number of the OCP Microscaling (MX) specification 1.0, where 255 is not-a-number; the values are those
/// of its E2M1 numbers, doubled to be integers.
typedef EW_BLOCK {
  uint8_t exponent;
  uint8_t codes[16];
} ew_mxfp4;
static_assert(sizeof(ew_mxfp4) == 17);

/// What the codes 0...15 of IQ4_NL and IQ4_XS stand for.
static const int8_t ew_iq4_values[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

/// What the codes 0...15 of MXFP4 stand for, in halves.
static const int8_t ew_mxfp4_values[16] = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

/// 256 values in 16 sub-blocks of 16: x[i] = scale * (low nibble of factors[j]) * code - minimum * (high nibble of factors[j]),
/// j = i / 16, codes 0...3. Value i has bits 2s and 2s + 1 of codes[i / 128 * 32 + i % 32], s = i % 128 / 32.
typedef EW_BLOCK {
  uint8_t factors[16];
  uint8_t codes[64];
  uint16_t scale;
  uint16_t minimum;
} ew_q2_k;
static_assert(sizeof(ew_q2_k) == 84);

/// 256 values in 16 sub-blocks of 16: x[i] = scale * (factor[i / 16] - 32) * (code - 4), codes 0...7.
/// The low two bits of a code lie as in Q2_K; the third is bit i / 32 of thirds[i % 32]. Factors have six bits: the low four of
/// factor j are nibble j / 8 of packed[j % 8], the upper two are bits 2s and 2s + 1 of packed[8 + j % 4], s = j / 4.
typedef EW_BLOCK {
  uint8_t thirds[32];
  uint8_t codes[64];
  uint8_t packed[12];
  uint16_t scale;
} ew_q3_k;
static_assert(sizeof(ew_q3_k) == 110);

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

/// As Q4_K with codes 0...31, whose fifth bits are bit j of fifths[i % 32].
typedef EW_BLOCK {
  uint16_t scale;
  uint16_t minimum;
  uint8_t packed[12];
  uint8_t fifths[32];
  uint8_t codes[128];
} ew_q5_k;
static_assert(sizeof(ew_q5_k) == 176);

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

/// 256 values in 8 sub-blocks of 32: x[i] = scale * (factor[j] - 32) * ew_iq4_values[code], j = i / 32. Sub-block j has the nibbles
/// of codes[16j ..< 16j + 16] as in Q4_0; its 6-bit factor has the low four bits in nibble j % 2 of low[j / 2] and the upper
/// two in bits 2j and 2j + 1 of high.
typedef EW_BLOCK {
  uint16_t scale;
  uint16_t high;
  uint8_t low[4];
  uint8_t codes[128];
} ew_iq4_xs;
static_assert(sizeof(ew_iq4_xs) == 136);
