// The attention of attention.h, compiled once per tier; the including file defines EW_TIER_NAME, EW_WIDTH (f32 numbers of a
// register), EW_ACROSS (registers of a tile's width), EW_DOWN (rows of a tile), EW_HALVES(in), a register of f32 from f16 cells,
// and EW_WIDEN(in, count, out, ahead), which widens many and fetches what lies `ahead` bytes further.
//
// Page by page: scores are products of the rows with the transposed keys; they become weights relative to the running maximum, by
// which the values are mixed. Both products are tiles of EW_DOWN rows and EW_ACROSS registers: each number of a row is broadcast
// and multiplies registers of the page. Many rows share a page that was widened once, a few read it as it is stored (direct.h).
#include "../simd/exp.h"
#include "cells.h"
#include <math.h>
#include <string.h>

#define EW_INLINE static inline __attribute__((always_inline))

typedef float lanes __attribute__((ext_vector_type(EW_WIDTH), aligned(4)));
typedef float lanes8 __attribute__((ext_vector_type(8), aligned(4)));

/// Rows for which a page is widened once.
enum { ROWS = 64 };

/// sums[r] = kept[r] * sums[r] + sum over k of a[r][k] * b[k], for `down` rows of `across` registers; constants where it is inlined.
#define EW_TILE_PRODUCT(name, type)                                                                                    \
  EW_INLINE void name(const float* a, size_t a_stride, const float* b, size_t b_stride, size_t count, float* out,      \
                      size_t out_stride, const float* kept, int down, int across) {                                    \
    type sums[EW_DOWN][EW_ACROSS];                                                                                     \
    for (int r = 0; r < down; r++)                                                                                     \
      for (int i = 0; i < across; i++) sums[r][i] = (type)0;                                                           \
    for (size_t k = 0; k < count; k++) {                                                                               \
      type column[EW_ACROSS];                                                                                          \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < across; i++) column[i] =                                  \
          ((const type*)(b + k * b_stride))[i];                                                                        \
      _Pragma("clang loop unroll(full)") for (int r = 0; r < down; r++) {                                              \
        const float factor = a[(size_t)r * a_stride + k];                                                              \
        _Pragma("clang loop unroll(full)") for (int i = 0; i < across; i++) sums[r][i] += column[i] * factor;          \
      }                                                                                                                \
    }                                                                                                                  \
    for (int r = 0; r < down; r++)                                                                                     \
      for (int i = 0; i < across; i++) {                                                                               \
        type* to = (type*)(out + (size_t)r * out_stride) + i;                                                          \
        *to = kept ? *to * kept[r] + sums[r][i] : sums[r][i];                                                          \
      }                                                                                                                \
  }

EW_TILE_PRODUCT(tile_wide, lanes)
EW_TILE_PRODUCT(tile_narrow, lanes8)

EW_INLINE void strip(const float* a, size_t a_stride, const float* b, size_t width, size_t count, float* out,
                     size_t out_stride, const float* kept, int down) {
  size_t i = 0;
  for (; i + EW_ACROSS * EW_WIDTH <= width; i += EW_ACROSS * EW_WIDTH)
    tile_wide(a, a_stride, b + i, width, count, out + i, out_stride, kept, down, EW_ACROSS);
  for (; i < width; i += 8) tile_narrow(a, a_stride, b + i, width, count, out + i, out_stride, kept, down, 1);
}

/// out (rows, width) = kept * out + a (rows, count) * b (count, width); kept null for zero.
static void multiply(const float* a, size_t a_stride, const float* b, size_t width, size_t count, float* out,
                     size_t out_stride, const float* kept, size_t rows) {
  size_t r = 0;
  for (; r + EW_DOWN <= rows; r += EW_DOWN)
    strip(a + r * a_stride, a_stride, b, width, count, out + r * out_stride, out_stride, kept ? kept + r : 0, EW_DOWN);
  for (; r < rows; r++)
    strip(a + r * a_stride, a_stride, b, width, count, out + r * out_stride, out_stride, kept ? kept + r : 0, 1);
}

#include "direct.h"

/// Lanes of the loops over a page's scores, which the compiler makes vectors of.
enum { LANES = 16 };

/// Scores become weights relative to the running maximum, which is raised; what was summed before is worth `kept` of itself.
EW_INLINE float weigh(float* scores, size_t from, size_t to, float* largest, float* total) {
  for (size_t p = 0; p < from; p++) scores[p] = -INFINITY;
  for (size_t p = to; p < PAGE; p++) scores[p] = -INFINITY;
  // Lane by lane and then in halves: one running maximum would be a chain of 64 comparisons.
  float most[LANES], sums[LANES] = {0};
  for (size_t i = 0; i < LANES; i++) most[i] = *largest;
  for (size_t p = 0; p < PAGE; p += LANES)
    for (size_t i = 0; i < LANES; i++) most[i] = scores[p + i] > most[i] ? scores[p + i] : most[i];
  for (size_t half = LANES / 2; half > 0; half /= 2)
    for (size_t i = 0; i < half; i++) most[i] = most[i + half] > most[i] ? most[i + half] : most[i];
  const float highest = most[0];
  const float kept = *largest == -INFINITY ? 0 : ew_exp(*largest - highest);
  for (size_t p = 0; p < PAGE; p += LANES)
    for (size_t i = 0; i < LANES; i++) {
      const float weight = scores[p + i] == -INFINITY ? 0 : ew_exp(scores[p + i] - highest);
      scores[p + i] = weight;
      sums[i] += weight;
    }
  for (size_t half = LANES / 2; half > 0; half /= 2)
    for (size_t i = 0; i < half; i++) sums[i] += sums[i + half];
  *total = *total * kept + sums[0];
  *largest = highest;
  return kept;
}

EW_INLINE float soft_capped(float score, float cap) {
  // tanh by e^2x: 1 - 2 / (e^2x + 1), within 6 u of 1.
  return cap * (1 - 2 / (ew_exp(2 * (score / cap)) + 1));
}

static void attend_rows(const ew_attention* p, size_t begin, size_t rows) {
  float wide[PAGE * EW_ATTENTION_HEAD_MAX] __attribute__((aligned(64)));
  float scores[ROWS * PAGE] __attribute__((aligned(64)));
  float largest[ROWS], total[ROWS], kept[ROWS];
  const size_t size = p->head_size, bytes = ew_cache_page_bytes(p->format, size);
  const bool direct = rows <= DIRECT_ROWS && size % STEP == 0;
  const float* queries = p->queries + begin * p->query_stride;
  float* out = p->out + begin * p->out_stride;
  size_t first = p->end, last = p->begin;
  for (size_t r = 0; r < rows; r++) {
    largest[r] = -INFINITY;
    total[r] = 0;
    memset(out + r * p->out_stride, 0, size * sizeof(float));
    first = p->first[begin + r] < first ? p->first[begin + r] : first;
    last = p->visible[begin + r] > last ? p->visible[begin + r] : last;
  }
  first = first < p->begin ? p->begin : first;
  last = last > p->end ? p->end : last;
  for (size_t page = first / PAGE; page * PAGE < last; page++) {
    const size_t from = page * PAGE, held = last - from < PAGE ? last - from : PAGE;
    const uint8_t* keys = (const uint8_t*)p->keys + page * bytes;
    if (direct) {
      score_directly(p->format, keys, size, queries, p->query_stride, scores, rows);
    } else {
      widen_keys(p->format, keys, size, wide);
      multiply(queries, p->query_stride, wide, PAGE, size, scores, PAGE, 0, rows);
    }
    for (size_t r = 0; r < rows; r++) {
      const size_t low = p->first[begin + r], high = p->visible[begin + r];
      const size_t start = low <= from ? 0 : low - from < PAGE ? low - from : PAGE;
      const size_t end = high <= from ? 0 : high - from < held ? high - from : held;
      for (size_t i = 0; i < PAGE; i++) scores[r * PAGE + i] *= p->scale;
      if (p->soft_cap > 0)
        for (size_t i = 0; i < PAGE; i++) scores[r * PAGE + i] = soft_capped(scores[r * PAGE + i], p->soft_cap);
      if (start >= end) {
        memset(scores + r * PAGE, 0, PAGE * sizeof(float));
        kept[r] = 1;
      } else {
        kept[r] = weigh(scores + r * PAGE, start, end, &largest[r], &total[r]);
      }
    }
    const uint8_t* values = (const uint8_t*)p->values + page * bytes;
    if (direct) {
      mix_directly(p->format, values, size, held, scores, out, p->out_stride, kept, rows);
    } else {
      widen_values(p->format, values, size, held, wide);
      multiply(scores, PAGE, wide, size, held, out, p->out_stride, kept, rows);
    }
  }
  for (size_t r = 0; r < rows; r++) {
    if (p->largest) {
      p->largest[begin + r] = largest[r];
      p->total[begin + r] = total[r];
    } else {
      ew_attend_join(1, out + r * p->out_stride, 0, &largest[r], &total[r], p->sinks ? p->sinks[begin + r] : -INFINITY, size,
                     out + r * p->out_stride);
    }
  }
}

void EW_NAME(ew_attend)(const ew_attention* p) {
  for (size_t begin = 0; begin < p->rows; begin += ROWS)
    attend_rows(p, begin, p->rows - begin < ROWS ? p->rows - begin : ROWS);
}
