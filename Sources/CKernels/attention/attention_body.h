// The attention of attention.h, compiled once per tier; the including file defines EW_TIER_NAME and EW_WIDEN8,
// which loads eight f16 numbers as f32.
//
// Positions come in blocks of 32. Keys and values of a block are widened to f32 once for all rows (at most 8 rows at a time
// keep their sums, so a block is widened again for every 8 rows). Per row and block: 32 scores, their new running maximum,
// the sums so far scaled to it, then the weighted values added.
#include "../simd/exp.h"
#include "../simd/name.h"
#include "../simd/vector8.h"
#include "CKernels.h"
#include <math.h>

enum { POSITIONS = 32, ROWS = 8 };

/// Widens `size` f16 numbers, a multiple of 8.
static inline void widen(const uint16_t* in, size_t size, float* out) {
  for (size_t i = 0; i < size; i += 8) ew_store8(out + i, EW_WIDEN8(in + i));
}

/// Sum over `size` products in eight lanes, two chains.
static inline float dot(const float* a, const float* b, size_t size) {
  ew_float8 first = {0}, second = {0};
  size_t i = 0;
  for (; i + 16 <= size; i += 16) {
    first += ew_load8(a + i) * ew_load8(b + i);
    second += ew_load8(a + i + 8) * ew_load8(b + i + 8);
  }
  if (i < size) first += ew_load8(a + i) * ew_load8(b + i);
  return ew_total8(first + second);
}

void EW_NAME(ew_attend)(const ew_attention* p) {
  float keys[POSITIONS * EW_ATTENTION_HEAD_MAX];
  float values[POSITIONS * EW_ATTENTION_HEAD_MAX];
  const size_t size = p->head_size;
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
        for (size_t i = 0; i < count; i++) {
          scores[i] = p->scale * dot(query, keys + i * size, size);
          highest = scores[i] > highest ? scores[i] : highest;
        }
        for (size_t i = count; i < POSITIONS; i++) scores[i] = -INFINITY;
        const float kept = largest[r] == -INFINITY ? 0 : ew_exp(largest[r] - highest);
        float sum = 0;
        for (size_t i = 0; i < POSITIONS; i++) scores[i] = ew_exp(scores[i] - highest);
        for (size_t i = 0; i < count; i++) sum += scores[i];
        total[r] = total[r] * kept + sum;
        largest[r] = highest;
        for (size_t i = 0; i < size; i += 8) {
          ew_float8 mixed = ew_load8(out + i) * kept;
          for (size_t j = 0; j < count; j++) mixed += ew_load8(values + j * size + i) * scores[j];
          ew_store8(out + i, mixed);
        }
      }
    }
    for (size_t r = 0; r < rows; r++) {
      float* out = p->out + (begin + r) * p->out_stride;
      const float inverse = 1 / total[r];
      for (size_t i = 0; i < size; i++) out[i] *= inverse;
    }
  }
}
