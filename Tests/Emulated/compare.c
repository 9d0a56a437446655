// Compares the products of every tier that can run with sums in double precision of the decoded weights, for every format and at
// awkward sizes, with weights and activations that end at an unreadable page. Prints a line per format and tier, and ends with
// an error when one is beyond its bound. Built and run by compare.sh, under an emulator where need be.
#include "CKernels.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct {
  int format;
  const char* name;
  size_t values;
  size_t bytes;
  /// Offsets of f16 numbers; -1 ends the list.
  int halves[3];
} format;

static const format formats[] = {
    {EW_FORMAT_f32, "F32", 1, 4, {-1}},
    {EW_FORMAT_f16, "F16", 1, 2, {0, -1}},
    {EW_FORMAT_bf16, "BF16", 1, 2, {-1}},
    {EW_FORMAT_q4_0, "Q4_0", 32, 18, {0, -1}},
    {EW_FORMAT_q4_1, "Q4_1", 32, 20, {0, 2, -1}},
    {EW_FORMAT_q5_0, "Q5_0", 32, 22, {0, -1}},
    {EW_FORMAT_q5_1, "Q5_1", 32, 24, {0, 2, -1}},
    {EW_FORMAT_q8_0, "Q8_0", 32, 34, {0, -1}},
    {EW_FORMAT_q2_k, "Q2_K", 256, 84, {80, 82, -1}},
    {EW_FORMAT_q3_k, "Q3_K", 256, 110, {108, -1}},
    {EW_FORMAT_q4_k, "Q4_K", 256, 144, {0, 2, -1}},
    {EW_FORMAT_q5_k, "Q5_K", 256, 176, {0, 2, -1}},
    {EW_FORMAT_q6_k, "Q6_K", 256, 210, {208, -1}},
    {EW_FORMAT_iq4_nl, "IQ4_NL", 32, 18, {0, -1}},
    {EW_FORMAT_iq4_xs, "IQ4_XS", 256, 136, {0, -1}},
    {EW_FORMAT_mxfp4, "MXFP4", 32, 17, {-1}},
};

static const char* const tiers[EW_TIER_COUNT] = {
    [EW_TIER_scalar] = "scalar",           [EW_TIER_avx2] = "avx2",         [EW_TIER_avxvnni] = "avxvnni",
    [EW_TIER_avx512vnni] = "avx512vnni",   [EW_TIER_neondotprod] = "neondotprod",
    [EW_TIER_neoni8mm] = "neoni8mm",
};

/// SplitMix64 of Steele, Lea and Flood.
static uint64_t state = 1;
static uint64_t next(void) {
  uint64_t word = state += 0x9e3779b97f4a7c15;
  word = (word ^ word >> 30) * 0xbf58476d1ce4e5b9;
  word = (word ^ word >> 27) * 0x94d049bb133111eb;
  return word ^ word >> 31;
}
static float number(void) { return (float)(int64_t)next() * 0x1p-63f; }

/// The last bytes before an unreadable page.
static void* guarded(size_t bytes) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE), readable = (bytes + page - 1) / page * page;
  char* base = mmap(nullptr, readable + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (base == MAP_FAILED || mprotect(base + readable, page, PROT_NONE)) exit(2);
  return base + readable - bytes;
}

static const uint8_t ends[] = {0x00, 0x7f, 0x80, 0xff};

static void fill(const format* f, uint8_t* block, bool extreme) {
  const uint8_t end = ends[next() % 4];
  for (size_t i = 0; i < f->bytes; i++) block[i] = extreme ? end : (uint8_t)next();
  const float value = number();
  if (f->format == EW_FORMAT_f32) memcpy(block, &value, 4);
  if (f->format == EW_FORMAT_bf16) memcpy(block, (const char*)&value + 2, 2);
  if (f->format == EW_FORMAT_mxfp4) block[0] = (uint8_t)(120 + next() % 12);
  for (const int* at = f->halves; *at >= 0; at++) {
    const float scale = number();
    uint16_t bits;
    ew_f16_from_f32(&scale, 1, &bits);
    memcpy(block + *at, &bits, 2);
  }
}

/// A block of the same scales with the codes, and what else is no f16 number or exponent, at an extreme.
static void reach(const format* f, const uint8_t* block, uint8_t end, uint8_t* out) {
  memset(out, end, f->bytes);
  if (f->format == EW_FORMAT_mxfp4) out[0] = block[0];
  for (const int* at = f->halves; *at >= 0; at++) memcpy(out + *at, block + *at, 2);
}

/// The largest magnitude that any weight of the block could have with its scales.
static double largest_of(const format* f, const uint8_t* block) {
  double largest = 0;
  for (int end = 0; end < 4; end++) {
    uint8_t bytes[256];
    float values[256];
    reach(f, block, ends[end], bytes);
    ew_dequantize(f->format, bytes, f->values, values);
    for (size_t i = 0; i < f->values; i++) largest = fmax(largest, fabs(values[i]));
  }
  return largest;
}

/// The largest error as a part of the bound.
static double compare(const format* f, ew_tier tier, size_t rows, size_t columns, size_t tokens, bool extreme) {
  const bool plain = f->values == 1;
  const size_t row_bytes = columns / f->values * f->bytes;
  const size_t token_bytes = plain ? ew_padded(4 * columns) : ew_q8_bytes(columns);
  uint8_t* weights = guarded(rows * row_bytes);
  char* activations = guarded(tokens * token_bytes);
  float* out = guarded(4 * rows * tokens);
  float* x = malloc(4 * columns);
  double* seen = malloc(8 * tokens * columns);
  float* row = malloc(4 * columns);
  double* reaches = malloc(8 * columns);
  for (size_t at = 0; at < rows * row_bytes; at += f->bytes) fill(f, weights + at, extreme);
  for (size_t t = 0; t < tokens; t++) {
    const float sign = next() % 2 ? 1 : -1;
    for (size_t c = 0; c < columns; c++) x[c] = extreme ? sign : number();
    if (plain) memcpy(activations + t * token_bytes, x, 4 * columns);
    else ew_quantize_q8(tier, x, columns, activations + t * token_bytes);
    const ew_q8_row q = ew_q8_row_at(activations + t * token_bytes, columns);
    for (size_t c = 0; c < columns; c++) seen[t * columns + c] = plain ? x[c] : (double)q.codes[c] * q.scales[c / 32];
  }
  const ew_product product = {weights, row_bytes, columns, 0, rows, activations, token_bytes, 0, tokens, out, rows, false};
  if (!ew_product_run(tier, f->format, &product)) exit(3);
  double worst = 0;
  for (size_t r = 0; r < rows; r++) {
    ew_dequantize(f->format, weights + r * row_bytes, columns, row);
    for (size_t b = 0; b < columns / f->values && !plain; b++)
      reaches[b] = largest_of(f, weights + r * row_bytes + b * f->bytes);
    for (size_t t = 0; t < tokens; t++) {
      double sum = 0, magnitude = 0;
      for (size_t begin = 0; begin < columns; begin += f->values) {
        const double largest = plain ? fabs(row[begin]) : reaches[begin / f->values];
        // A minimum and what is added to codes are at most as large as the largest weight and that.
        for (size_t c = begin; c < begin + f->values; c++) {
          sum += row[c] * seen[t * columns + c];
          magnitude += 4 * largest * fabs(seen[t * columns + c]);
        }
      }
      const double bound = (2.0 * columns / (plain ? 4 : 32) + 8) * 0x1p-24 * magnitude;
      const double error = fabs(out[t * rows + r] - sum);
      const double part = error == 0 ? 0 : error / bound;
      worst = part <= worst ? worst : isnan(part) ? INFINITY : part;
    }
  }
  free(reaches);
  free(row);
  free(seen);
  free(x);
  return worst;
}

int main(void) {
  static const size_t shapes[][2] = {{1, 1}, {17, 1}, {3, 2}, {7, 3}, {5, 4}, {9, 7}, {1, 8}, {16, 8}, {19, 13}, {33, 17}};
  bool good = true;
  for (int tier = 0; tier < EW_TIER_COUNT; tier++) {
    if (!ew_tier_usable((ew_tier)tier)) continue;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
      const format* f = &formats[i];
      double worst = 0;
      for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++)
        for (size_t blocks = 1; blocks <= (f->values == 256 ? 3 : 17); blocks += f->values == 256 ? 1 : 4)
          for (int extreme = 0; extreme <= (f->values > 1); extreme++) {
            const size_t columns = f->values == 1 ? 7 * blocks : blocks * f->values;
            worst = fmax(worst, compare(f, (ew_tier)tier, shapes[s][0], columns, shapes[s][1], extreme));
          }
      good = good && worst <= 1;
      printf("%-12s %-7s %-8s largest error %.3f of the bound%s\n", tiers[tier], f->name,
             ew_product_is_native((ew_tier)tier, f->format) ? "own" : "fallback", worst, worst <= 1 ? "" : "  WRONG");
    }
  }
  return good ? 0 : 1;
}
