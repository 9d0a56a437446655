#pragma once
// Products of a few rows with a page of the cache as it is stored; included by attention_body.h. Widening a page into an array
// pays when many rows share it. A few rows widen each cell in a register instead, once for EW_DOWN rows, so that decoding
// waits for memory and not for the array. Sums run in the same order as over the array, so both give the same bits.

typedef uint8_t bytes_of_lanes __attribute__((ext_vector_type(EW_WIDTH), aligned(1)));
typedef int8_t codes_of_lanes __attribute__((ext_vector_type(EW_WIDTH)));

/// Rows up to which pages are read as they are stored; positions and values that one pass of a tile takes.
enum { DIRECT_ROWS = 2 * EW_DOWN, STEP = EW_ACROSS * EW_WIDTH };

#define EW_UNROLLED _Pragma("clang loop unroll(full)") for

typedef struct {
  lanes at[EW_DOWN][EW_ACROSS];
} tile;

/// Adds a[r] * column to row r of the tile.
EW_INLINE void add_column(tile* sums, const lanes column[EW_ACROSS], const float* a, size_t a_stride, int down) {
  EW_UNROLLED(int r = 0; r < down; r++) {
    const float factor = a[(size_t)r * a_stride];
    EW_UNROLLED(int i = 0; i < EW_ACROSS; i++) sums->at[r][i] += column[i] * factor;
  }
}

EW_INLINE lanes widen_codes(const uint8_t* at) {
  return __builtin_convertvector(__builtin_convertvector(*(const bytes_of_lanes*)at, codes_of_lanes), lanes);
}

EW_INLINE lanes widen_nibbles(const uint8_t* at, int shift) {
  const bytes_of_lanes nibbles = *(const bytes_of_lanes*)at >> (uint8_t)shift & 15;
  return __builtin_convertvector(__builtin_convertvector(nibbles, codes_of_lanes) - 8, lanes);
}

/// scores (down, page) = queries (down, size) * keys.
EW_INLINE void score_page(int format, const uint8_t* page, size_t size, const float* queries, size_t query_stride,
                          float* scores, int down) {
  const size_t bytes = ew_cache_page_bytes(format, size);
  for (size_t at = 0; at < PAGE; at += STEP) {
    tile sums = {0};
    lanes column[EW_ACROSS], scale[EW_ACROSS];
    if (format == EW_FORMAT_f16) {
      for (size_t k = 0; k < size; k++) {
        const uint8_t* cells = page + 2 * (k * PAGE + at);
        EW_UNROLLED(int i = 0; i < 2 * STEP; i += 64) fetch_next(cells + i, bytes);
        EW_UNROLLED(int i = 0; i < EW_ACROSS; i++) column[i] = EW_HALVES(cells + 2 * EW_WIDTH * i);
        add_column(&sums, column, queries + k, query_stride, down);
      }
    } else {
      const bool wide = format == EW_FORMAT_q8_0;
      const uint8_t* scales = page + (wide ? size : size / 2) * PAGE;
      for (size_t block = 0; block < size / 32; block++) {
        EW_UNROLLED(int i = 0; i < EW_ACROSS; i++) scale[i] = EW_HALVES(scales + 2 * (block * PAGE + at + EW_WIDTH * i));
        // The upper nibbles' values come after all of the lower ones', which have their bytes in the first cache then.
        for (size_t half = 0; half < (wide ? 1 : 2); half++)
          for (size_t k = 0; k < (wide ? 32 : 16); k++) {
            const uint8_t* cells = page + ((wide ? 32 : 16) * block + k) * PAGE + at;
            if (half == 0) fetch_next(cells, bytes);
            EW_UNROLLED(int i = 0; i < EW_ACROSS; i++) {
              const uint8_t* codes = cells + EW_WIDTH * i;
              column[i] = (wide ? widen_codes(codes) : widen_nibbles(codes, 4 * (int)half)) * scale[i];
            }
            add_column(&sums, column, queries + 32 * block + 16 * half + k, query_stride, down);
          }
      }
    }
    for (int r = 0; r < down; r++)
      for (int i = 0; i < EW_ACROSS; i++) *(lanes*)(scores + r * PAGE + at + EW_WIDTH * i) = sums.at[r][i];
  }
}

/// out (down, size) = kept * out + weights (down, page) * the values of the first `positions`.
EW_INLINE void mix_page(int format, const uint8_t* page, size_t size, size_t positions, const float* weights, float* out,
                        size_t out_stride, const float* kept, int down) {
  const size_t bytes = ew_cache_page_bytes(format, size), blocks = size / 32;
  const bool wide = format == EW_FORMAT_q8_0;
  float scales[PAGE * EW_ATTENTION_HEAD_MAX / 32];
  if (format != EW_FORMAT_f16)
    EW_WIDEN((const uint16_t*)(page + (wide ? size : size / 2) * PAGE), blocks * PAGE, scales, bytes);
  for (size_t at = 0; at < size; at += STEP) {
    tile sums = {0};
    for (size_t k = 0; k < positions; k++) {
      lanes column[EW_ACROSS];
      if (format == EW_FORMAT_f16) {
        const uint8_t* cells = page + 2 * (k * size + at);
        EW_UNROLLED(int i = 0; i < 2 * STEP; i += 64) fetch_next(cells + i, bytes);
        EW_UNROLLED(int i = 0; i < EW_ACROSS; i++) column[i] = EW_HALVES(cells + 2 * EW_WIDTH * i);
      } else {
        fetch_next(page + (k * size + at) / (wide ? 1 : 2), bytes);
        EW_UNROLLED(int i = 0; i < EW_ACROSS; i++) {
          const size_t value = at + (size_t)i * EW_WIDTH, block = k * blocks + value / 32;
          column[i] = (wide ? widen_codes(page + k * size + value)
                            : widen_nibbles(page + 16 * block + value % 16, value % 32 < 16 ? 0 : 4)) *
                      scales[block];
        }
      }
      add_column(&sums, column, weights + k, PAGE, down);
    }
    for (int r = 0; r < down; r++)
      for (int i = 0; i < EW_ACROSS; i++) {
        lanes* to = (lanes*)(out + r * out_stride + at + EW_WIDTH * i);
        *to = *to * kept[r] + sums.at[r][i];
      }
  }
}

/// Rows in tiles of EW_DOWN and what is left; `format` is a constant where this is inlined, and so is the number of rows of a tile.
EW_INLINE void score_rows(int format, const uint8_t* page, size_t size, const float* queries, size_t query_stride,
                          float* scores, size_t rows) {
  for (; rows >= EW_DOWN; rows -= EW_DOWN, queries += EW_DOWN * query_stride, scores += EW_DOWN * PAGE)
    score_page(format, page, size, queries, query_stride, scores, EW_DOWN);
  if (rows == 3) score_page(format, page, size, queries, query_stride, scores, 3);
  if (rows == 2) score_page(format, page, size, queries, query_stride, scores, 2);
  if (rows == 1) score_page(format, page, size, queries, query_stride, scores, 1);
}

EW_INLINE void mix_rows(int format, const uint8_t* page, size_t size, size_t positions, const float* weights, float* out,
                        size_t out_stride, const float* kept, size_t rows) {
  for (; rows >= EW_DOWN; rows -= EW_DOWN, weights += EW_DOWN * PAGE, out += EW_DOWN * out_stride, kept += EW_DOWN)
    mix_page(format, page, size, positions, weights, out, out_stride, kept, EW_DOWN);
  if (rows == 3) mix_page(format, page, size, positions, weights, out, out_stride, kept, 3);
  if (rows == 2) mix_page(format, page, size, positions, weights, out, out_stride, kept, 2);
  if (rows == 1) mix_page(format, page, size, positions, weights, out, out_stride, kept, 1);
}

/// scores (rows, page) = queries (rows, size) * keys.
static void score_directly(int format, const uint8_t* page, size_t size, const float* queries, size_t query_stride,
                           float* scores, size_t rows) {
  if (format == EW_FORMAT_f16) return score_rows(EW_FORMAT_f16, page, size, queries, query_stride, scores, rows);
  if (format == EW_FORMAT_q8_0) return score_rows(EW_FORMAT_q8_0, page, size, queries, query_stride, scores, rows);
  score_rows(EW_FORMAT_q4_0, page, size, queries, query_stride, scores, rows);
}

/// out (rows, size) = kept * out + weights (rows, page) * the values of the first `positions`.
static void mix_directly(int format, const uint8_t* page, size_t size, size_t positions, const float* weights, float* out,
                         size_t out_stride, const float* kept, size_t rows) {
  if (format == EW_FORMAT_f16)
    return mix_rows(EW_FORMAT_f16, page, size, positions, weights, out, out_stride, kept, rows);
  if (format == EW_FORMAT_q8_0)
    return mix_rows(EW_FORMAT_q8_0, page, size, positions, weights, out, out_stride, kept, rows);
  mix_rows(EW_FORMAT_q4_0, page, size, positions, weights, out, out_stride, kept, rows);
}
