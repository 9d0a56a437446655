// Products of many tokens with AVX-512 VNNI for the formats that models mostly come in: panels of 32 rows, tiles of 4 tokens, so
// that each activation that is broadcast serves two registers of codes, and each register four tokens.
//
// Per block of 32 columns and token: eight times four products added in 32 bits for each 16 rows, then one conversion and the
// scales. Constant offsets of the codes are taken off in integers: the sums begin at minus the offset times the activations' sum.
#include "panel_avx512vnni.h"
#include "panel_loop_x86.h"

enum { WIDE_ROWS = 32, WIDE_TILE = 4 };

typedef struct {
  const int8_t* codes;
  const float* scales;
  const float* offsets;
  const int16_t* sums;
  const int32_t* negated;
} wide_column;

EW_INLINE wide_column wide_column_at(const char* token, size_t columns, size_t block) {
  const ew_q8_row row = ew_q8_row_at(token, columns);
  return (wide_column){row.codes + 32 * block, row.scales + block, row.offsets + block, row.sums + 2 * block,
                       row.negated + block};
}

/// The same 256 columns further on.
EW_INLINE wide_column wide_column_after(wide_column x) {
  return (wide_column){x.codes + 256, x.scales + 8, x.offsets + 8, x.sums + 16, x.negated + 8};
}

/// Where a tile's factors and codes come from.
typedef struct {
  const wide_panel* panel;
  const uint8_t* group;
  size_t blocks;
} wide_source;

/// Columns 4 k ... 4 k + 3 of block `b` of 16 rows.
typedef __m512i wide_codes(const wide_source* source, size_t b, int k, int half);

EW_INLINE __m512i panel_codes(const wide_source* source, size_t b, int k, int half) {
  return _mm512_load_si512(source->panel->codes[b][k][16 * half]);
}

/// Adds the products of columns 4 from ... 4 to of block `b`.
EW_INLINE void wide_dots(const wide_source* w, wide_codes* codes, size_t b, int from, int to, const wide_column* x,
                         int count, __m512i dots[2][WIDE_TILE]) {
#pragma clang loop unroll(full)
  for (int k = from; k < to; k++) {
    const __m512i low = codes(w, b, k, 0), high = codes(w, b, k, 1);
#pragma clang loop unroll(full)
    for (int t = 0; t < count; t++) {
      int word;
      memcpy(&word, x[t].codes + 32 * b + 4 * k, 4);
      const __m512i four = _mm512_set1_epi32(word);
      dots[0][t] = _mm512_dpbusd_epi32(dots[0][t], low, four);
      dots[1][t] = _mm512_dpbusd_epi32(dots[1][t], high, four);
    }
  }
}

/// One scale to a block; codes are above their meaning by 2^shift, or by nothing when shift is 0.
EW_INLINE void wide_plain(const wide_source* w, wide_codes* codes, size_t b, const wide_column* x, int count, int shift,
                          __m512 sums[2][WIDE_TILE]) {
  __m512i dots[2][WIDE_TILE];
  for (int t = 0; t < count; t++)
    dots[0][t] = dots[1][t] = shift ? _mm512_slli_epi32(_mm512_set1_epi32(x[t].negated[b]), shift) : _mm512_setzero_si512();
  wide_dots(w, codes, b, 0, 8, x, count, dots);
#pragma clang loop unroll(full)
  for (int h = 0; h < 2; h++) {
    const __m512 scales = _mm512_load_ps(&w->panel->scales[b][16 * h]);
    for (int t = 0; t < count; t++)
      sums[h][t] = _mm512_fmadd_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(dots[h][t]), scales),
                                   _mm512_set1_ps(x[t].scales[b]), sums[h][t]);
  }
}

EW_INLINE void wide_block_q4_0(const wide_source* w, wide_codes* codes, size_t b, const wide_column* x, int count, __m512 s[2][WIDE_TILE]) {
  wide_plain(w, codes, b, x, count, 3, s);
}

EW_INLINE void wide_block_q8_0(const wide_source* w, wide_codes* codes, size_t b, const wide_column* x, int count, __m512 s[2][WIDE_TILE]) {
  wide_plain(w, codes, b, x, count, 7, s);
}

/// A scale and a minimum to a block.
EW_INLINE void wide_block_q4_k(const wide_source* w, wide_codes* codes, size_t b, const wide_column* x, int count, __m512 s[2][WIDE_TILE]) {
  wide_plain(w, codes, b, x, count, 0, s);
#pragma clang loop unroll(full)
  for (int h = 0; h < 2; h++) {
    const __m512 minima = _mm512_load_ps(&w->panel->minima[b][16 * h]);
    for (int t = 0; t < count; t++) s[h][t] = _mm512_fnmadd_ps(minima, _mm512_set1_ps(x[t].offsets[b]), s[h][t]);
  }
}

#define wide_block_q5_k wide_block_q4_k

/// Two scales to a block; codes are above their meaning by 32.
EW_INLINE void wide_block_q6_k(const wide_source* w, wide_codes* codes, size_t b, const wide_column* x, int count, __m512 s[2][WIDE_TILE]) {
  __m512 scaled[2][WIDE_TILE];
#pragma clang loop unroll(full)
  for (int part = 0; part < 2; part++) {
    __m512i dots[2][WIDE_TILE];
    for (int t = 0; t < count; t++) dots[0][t] = dots[1][t] = _mm512_set1_epi32(-32 * x[t].sums[2 * b + part]);
    wide_dots(w, codes, b, 4 * part, 4 * part + 4, x, count, dots);
#pragma clang loop unroll(full)
    for (int h = 0; h < 2; h++) {
      const __m512 scales = _mm512_load_ps(&w->panel->scales[2 * b + part][16 * h]);
      for (int t = 0; t < count; t++) {
        const __m512 dot = _mm512_cvtepi32_ps(dots[h][t]);
        scaled[h][t] = part ? _mm512_fmadd_ps(dot, scales, scaled[h][t]) : _mm512_mul_ps(dot, scales);
      }
    }
  }
#pragma clang loop unroll(full)
  for (int h = 0; h < 2; h++)
    for (int t = 0; t < count; t++) s[h][t] = _mm512_fmadd_ps(scaled[h][t], _mm512_set1_ps(x[t].scales[b]), s[h][t]);
}

/// Fetches what the next tile reads, whose places in memory are too far apart for the hardware to foresee; beyond the last token
/// that is in vain, and no fault.
EW_INLINE void fetch_tile(const char* token, const ew_product* p, size_t block) {
  for (int t = 0; t < WIDE_TILE; t++, token += p->token_bytes) {
    const ew_q8_row row = ew_q8_row_at(token, p->columns);
    for (int line = 0; line < 256; line += 64) _mm_prefetch((const char*)row.codes + 32 * block + line, _MM_HINT_T0);
    _mm_prefetch((const char*)(row.scales + block), _MM_HINT_T0);
    _mm_prefetch((const char*)(row.offsets + block), _MM_HINT_T0);
    _mm_prefetch((const char*)(row.negated + block), _MM_HINT_T0);
  }
}

EW_INLINE void wide_load(const char* token, const ew_product* p, int count, size_t block, float (*sums)[WIDE_ROWS],
                         wide_column x[WIDE_TILE], __m512 kept[2][WIDE_TILE]) {
  for (int t = 0; t < count; t++) {
    x[t] = wide_column_at(token + t * p->token_bytes, p->columns, block);
    for (int h = 0; h < 2; h++) kept[h][t] = _mm512_load_ps(&sums[t][16 * h]);
  }
}

EW_INLINE void wide_store(int count, __m512 kept[2][WIDE_TILE], float (*sums)[WIDE_ROWS]) {
  for (int t = 0; t < count; t++)
    for (int h = 0; h < 2; h++) _mm512_store_ps(&sums[t][16 * h], kept[h][t]);
}

/// A tile of up to four tokens from `tile_of`, which is compiled for four and for one.
#define EW_WIDE_TILES(format, panel, tile_of)                                                                          \
  static void tile_##format(const panel* w, const char* x, const ew_product* p, size_t tokens, size_t block,           \
                            size_t blocks, float (*sums)[WIDE_ROWS]) {                                                 \
    fetch_tile(x + WIDE_TILE * p->token_bytes, p, block);                                                              \
    if (tokens == WIDE_TILE) return tile_of(w, x, p, WIDE_TILE, block, blocks, sums);                                  \
    for (size_t t = 0; t < tokens; t++) tile_of(w, x + t * p->token_bytes, p, 1, block, blocks, sums + t);             \
  }

/// Products of many tokens for `format`, whose rows have `group_bytes` for 256 columns.
#define EW_WIDE(format, group_bytes)                                                                                   \
  EW_INLINE void wide_tile_##format(const wide_panel* w, const char* token, const ew_product* p, int count,            \
                                    size_t block, size_t blocks, float (*sums)[WIDE_ROWS]) {                           \
    const wide_source source = {w, NULL, blocks};                                                                      \
    wide_column x[WIDE_TILE];                                                                                          \
    __m512 kept[2][WIDE_TILE];                                                                                         \
    wide_load(token, p, count, block, sums, x, kept);                                                                  \
    for (size_t b = 0; b < blocks; b++) wide_block_##format(&source, panel_codes, b, x, count, kept);                  \
    wide_store(count, kept, sums);                                                                                     \
  }                                                                                                                    \
  static void fill_##format(const ew_product* p, size_t row, size_t group, size_t blocks, wide_panel* out) {           \
    uint8_t filled[16][group_bytes];                                                                                   \
    for (int half = 0; half < 2; half++) {                                                                             \
      const uint8_t* rows[16];                                                                                         \
      for (int r = 0; r < 16; r++) {                                                                                   \
        const size_t wanted = row + 16 * half + r, last = p->row_end - 1;                                              \
        const uint8_t* at = (const uint8_t*)p->weights + (wanted < last ? wanted : last) * p->row_bytes;               \
        rows[r] = at + group * group_bytes;                                                                            \
        if (blocks < 8) {                                                                                              \
          memset(filled[r], 0, group_bytes);                                                                           \
          memcpy(filled[r], rows[r], blocks * (group_bytes / 8));                                                      \
          rows[r] = filled[r];                                                                                         \
        } else {                                                                                                       \
          for (int line = 0; line < group_bytes; line += 64)                                                           \
            _mm_prefetch((const char*)rows[r] + group_bytes + line, _MM_HINT_T0);                                      \
        }                                                                                                              \
      }                                                                                                                \
      fill_wide_##format(rows, out, half);                                                                             \
    }                                                                                                                  \
  }                                                                                                                    \
  EW_WIDE_TILES(format, wide_panel, wide_tile_##format)                                                                \
  EW_PANEL_LOOP(format, wide_panel, WIDE_ROWS, WIDE_TILE)

EW_WIDE(q4_0, 144)
EW_WIDE(q8_0, 272)
EW_WIDE(q4_k, 144)
EW_WIDE(q5_k, 176)
EW_WIDE(q6_k, 210)
