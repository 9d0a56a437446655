// The attention of attention.h, compiled once per tier; the including file defines EW_TIER_NAME and EW_WIDEN8, which loads
// eight f16 numbers as f32.
//
// Positions come in blocks of 32, whose keys and values are widened to f32 once for up to 64 rows. Per row and block: 32
// scores, their new running maximum, the sums so far scaled to it, then the weighted values added.
#include "../simd/exp.h"
#include "../simd/name.h"
#include "../simd/vector8.h"
#include "CKernels.h"
#include <math.h>
#include <string.h>

enum { POSITIONS = 32, ROWS = 64 };

/// Widens `size` f16 numbers, a multiple of 8.
static inline void widen(const uint16_t* in, size_t size, float* out) {
  for (size_t i = 0; i < size; i += 8) ew_store8(out + i, EW_WIDEN8(in + i));
}

/// The dot products of a query with eight keys.
static inline __attribute__((always_inline)) ew_float8 dots(const float* query, const float* keys, size_t size) {
  ew_float8 sums[8];
  for (int k = 0; k < 8; k++) sums[k] = (ew_float8)0;
  for (size_t i = 0; i < size; i += 8) {
    const ew_float8 q = ew_load8(query + i);
#pragma clang loop unroll(full)
    for (int k = 0; k < 8; k++) sums[k] += q * ew_load8(keys + k * size + i);
  }
  return ew_totals8(sums);
}

/// out = out * kept + sum of weights[j] * values[j], in `width` vectors of eight from `values` on, constant where it is inlined.
static inline __attribute__((always_inline)) void mix(float* out, float kept, const float* weights,
                                                      const float* values, size_t size, size_t count, int width) {
  ew_float8 sums[8];
  // From zero, so that no chain of additions is longer than a block.
  for (int i = 0; i < width; i++) sums[i] = (ew_float8)0;
  for (size_t j = 0; j < count; j++) {
    const float weight = weights[j];
#pragma clang loop unroll(full)
    for (int i = 0; i < width; i++) sums[i] += ew_load8(values + j * size + 8 * i) * weight;
  }
  for (int i = 0; i < width; i++) ew_store8(out + 8 * i, ew_load8(out + 8 * i) * kept + sums[i]);
}

void EW_NAME(ew_attend)(const ew_attention* p) {
  float keys[POSITIONS * EW_ATTENTION_HEAD_MAX];
  float values[POSITIONS * EW_ATTENTION_HEAD_MAX];
  const size_t size = p->head_size;
  memset(keys, 0, POSITIONS * size * sizeof(float));
  for (size_t begin = 0; begin < p->rows; begin += ROWS) {
    const size_t rows = p->rows - begin < ROWS ? p->rows - begin : ROWS;
    float largest[ROWS], total[ROWS];
    size_t last = 0;
    for (size_t r = 0; r < rows; r++) {
      largest[r] = -INFINITY;
      total[r] = 0;
      float* out = p->out + (begin + r) * p->out_stride;
      for (size_t i = 0; i < size; i++) out[i] = 0;
      last = p->visible[begin + r] > last ? p->visible[begin + r] : last;
    }
    for (size_t from = 0; from < last; from += POSITIONS) {
      const size_t loaded = last - from < POSITIONS ? last - from : POSITIONS;
      for (size_t i = 0; i < loaded; i++) {
        widen(p->keys + (from + i) * p->position_stride, size, keys + i * size);
        widen(p->values + (from + i) * p->position_stride, size, values + i * size);
      }
      for (size_t r = 0; r < rows; r++) {
        const size_t visible = p->visible[begin + r];
        if (visible <= from) continue;
        const size_t count = visible - from < loaded ? visible - from : loaded;
        const float* query = p->queries + (begin + r) * p->query_stride;
        float* out = p->out + (begin + r) * p->out_stride;
        float scores[POSITIONS];
        float highest = largest[r];
        // Keys beyond the last loaded are left from an earlier block, or zero: their scores are replaced.
        for (size_t i = 0; i < POSITIONS; i += 8) ew_store8(scores + i, p->scale * dots(query, keys + i * size, size));
        for (size_t i = count; i < POSITIONS; i++) scores[i] = -INFINITY;
        for (size_t i = 0; i < POSITIONS; i++) highest = scores[i] > highest ? scores[i] : highest;
        const float kept = largest[r] == -INFINITY ? 0 : ew_exp(largest[r] - highest);
        float sum = 0;
        for (size_t i = 0; i < POSITIONS; i++) scores[i] = ew_exp(scores[i] - highest);
        for (size_t i = 0; i < count; i++) sum += scores[i];
        total[r] = total[r] * kept + sum;
        largest[r] = highest;
        size_t i = 0;
        for (; i + 64 <= size; i += 64) mix(out + i, kept, scores, values + i, size, count, 8);
        for (; i < size; i += 8) mix(out + i, kept, scores, values + i, size, count, 1);
      }
    }
    for (size_t r = 0; r < rows; r++) {
      float* out = p->out + (begin + r) * p->out_stride;
      const float inverse = 1 / total[r];
      for (size_t i = 0; i < size; i++) out[i] *= inverse;
    }
  }
}
