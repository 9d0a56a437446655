// Products of strips (strips.h) with AVX-512 VNNI and activations in steps. Few tokens take codes apart where they are used, many
// tokens once for all of them.
//
// Per block of 32 columns and token: eight times four products added in 32 bits for each 16 rows, one conversion, one addition to
// the exponent and one multiplication by the weights' scale. Of these only the products and the last one take the units that
// multiply, which are what prefill is bound by. Constant offsets of the codes are taken off in integers: the sums begin at minus
// the offset times the activations' sum.
//
// Loops over words in memory are kept loops: the hardware foresees what a load reads next from what the same instruction read before,
// and unrolled loads that come by only once in kilobytes, at uneven distances, made Q6_K read memory three times as slowly.
#include "panel_avx512vnni.h"
#include "strips.h"

enum {
  /// Tokens that are multiplied at a time: each activation that is broadcast serves two registers of codes, each register four tokens.
  STRIP_TILE = 4,
  /// Groups of 256 columns that are unpacked at a time, 90 KiB in all, which pass through the first cache for every tile.
  STRIP_GROUPS = 8,
  /// Bytes that few tokens fetch ahead. Strips lie one after the other, so this may reach into the next one's.
  STRIP_AHEAD = 16384,
};

EW_INLINE __m512i strip_word(const uint8_t* section, size_t word, int half) {
  return _mm512_load_si512(section + 128 * word + 64 * half);
}

/// The columns 4 k ... 4 k + 3 of block `b` of 16 rows. Where the codes of several blocks share words, `b`'s last bits are constants.
EW_INLINE __m512i strip_codes_q4_0(const uint8_t* group, size_t blocks, size_t b, int k, int half) {
  const __m512i word = strip_word(group + 64 * blocks + 512 * b, k % 4, half);
  return _mm512_and_si512(k < 4 ? word : _mm512_srli_epi16(word, 4), _mm512_set1_epi8(15));
}

EW_INLINE __m512i strip_codes_q8_0(const uint8_t* group, size_t blocks, size_t b, int k, int half) {
  return strip_word(group + 64 * blocks + 1024 * b, k, half);
}

EW_INLINE __m512i strip_nibbles_k(const uint8_t* section, size_t b, int k, int half) {
  const __m512i word = strip_word(section + 1024 * (b / 2), k, half);
  return b % 2 ? _mm512_srli_epi16(word, 4) : word;
}

EW_INLINE __m512i strip_codes_q4_k(const uint8_t* group, size_t, size_t b, int k, int half) {
  return _mm512_and_si512(strip_nibbles_k(group + 512, b, k, half), _mm512_set1_epi8(15));
}

/// Bits of `low` where `mask` has them, of `high` where it has not.
EW_INLINE __m512i merged(__m512i low, __m512i high, __m512i mask) {
  return _mm512_ternarylogic_epi32(mask, low, high, 0xca);
}

EW_INLINE __m512i strip_codes_q5_k(const uint8_t* group, size_t, size_t b, int k, int half) {
  const __m512i fifths = strip_word(group + 512, k, half), low = strip_nibbles_k(group + 1536, b, k, half);
  // Bit b of each byte to bit 4; what comes across from neighbors is masked.
  const __m512i turned = _mm512_rorv_epi32(fifths, _mm512_set1_epi32((int)b - 4));
  return _mm512_and_si512(merged(low, turned, _mm512_set1_epi8(15)), _mm512_set1_epi8(31));
}

/// Scales in f16, one to a block.
EW_INLINE void strip_factors_plain(const uint8_t* group, size_t blocks, wide_panel* out) {
  for (size_t b = 0; b < blocks; b++)
    for (int half = 0; half < 2; half++)
      _mm512_store_ps(&out->scales[b][16 * half],
                      _mm512_cvtph_ps(_mm256_load_si256((const __m256i*)(group + 64 * b + 32 * half))));
}

#define strip_factors_q4_0 strip_factors_plain
#define strip_factors_q8_0 strip_factors_plain

/// Writes the four bytes of each lane times `scale`, (byte, row).
EW_INLINE void put_four(__m512i bytes, __m512 scale, float (*out)[32], int half) {
  const __m512i low = _mm512_set1_epi32(255);
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++)
    _mm512_store_ps(&out[i][16 * half],
                    _mm512_mul_ps(scale, _mm512_cvtepi32_ps(_mm512_and_si512(_mm512_srli_epi32(bytes, 8 * i), low))));
}

/// The scales and minima of Q4_K and Q5_K, six bits each: those of blocks 4...7 have their upper bits with those of 0...3.
EW_INLINE void strip_factors_q4_k(const uint8_t* group, size_t, wide_panel* out) {
  const __m512i six = _mm512_set1_epi8(63), four = _mm512_set1_epi8(15), two = _mm512_set1_epi8(0x30);
  for (int half = 0; half < 2; half++) {
    const __m512 scale = _mm512_cvtph_ps(_mm256_load_si256((const __m256i*)(group + 32 * half)));
    const __m512 minimum = _mm512_cvtph_ps(_mm256_load_si256((const __m256i*)(group + 64 + 32 * half)));
    const __m512i scales = strip_word(group + 128, 0, half), minima = strip_word(group + 128, 1, half);
    const __m512i rest = strip_word(group + 128, 2, half);
    put_four(_mm512_and_si512(scales, six), scale, out->scales, half);
    put_four(_mm512_and_si512(minima, six), minimum, out->minima, half);
    put_four(merged(rest, _mm512_and_si512(_mm512_srli_epi16(scales, 2), two), four), scale, out->scales + 4, half);
    put_four(merged(_mm512_srli_epi16(rest, 4), _mm512_and_si512(_mm512_srli_epi16(minima, 2), two), four), minimum,
             out->minima + 4, half);
  }
}

#define strip_factors_q5_k strip_factors_q4_k

/// The same number, of which the compiler does not know where it comes from: it would otherwise keep a pointer into each section of
/// each token, more than there are registers, instead of one pointer to a token and this index.
EW_INLINE size_t opaque(size_t index) {
  __asm__("" : "+r"(index));
  return index;
}

/// Where a tile's factors and codes come from: panels hold both, groups of strips the codes of few tokens.
typedef struct {
  const wide_panel* panel;
  const uint8_t* group;
  size_t blocks;
} strip_source;

/// Strips that are needed next, fetched into the second cache while products are added: whenever a block of 32 columns has its turn, of
/// the `lines` lines of memory that belong to it in the group at `at`, those from `begin` to `end`.
typedef struct {
  const uint8_t* at;
  size_t begin, end;
} strip_ahead;

EW_INLINE void fetch_lines(strip_ahead ahead, size_t b, size_t lines) {
  const char* at = (const char*)ahead.at + 64 * lines * b;
  // Kept a loop: unrolled it takes registers from the products.
#pragma clang loop unroll(disable)
  for (size_t i = ahead.begin; i < ahead.end; i++) _mm_prefetch(at + 64 * i, _MM_HINT_T1);
}

/// Columns 4 k ... 4 k + 3 of block `b` of 16 rows.
typedef __m512i strip_codes(const strip_source* source, size_t b, int k, int half);

EW_INLINE __m512i unpacked_codes(const strip_source* source, size_t b, int k, int half) {
  return _mm512_load_si512(source->panel->codes[b][k][16 * half]);
}

/// Dot products times the power of two that `step` stands for. A dot product of 0 becomes 2^(step - 127), which is nothing beside
/// what else is added.
EW_INLINE __m512 stepped(__m512i dots, int32_t step) {
  return _mm512_castsi512_ps(_mm512_add_epi32(_mm512_castps_si512(_mm512_cvtepi32_ps(dots)), _mm512_set1_epi32(step)));
}

EW_INLINE __m512i four_codes(const ew_q8_group* x, size_t b, int k) {
  int word;
  memcpy(&word, x->codes + 32 * b + 4 * k, 4);
  return _mm512_set1_epi32(word);
}

/// Adds the products of columns 4 from ... 4 to of block `b`.
EW_INLINE void strip_dots(const strip_source* w, strip_codes* codes, size_t b, int from, int to,
                          const ew_q8_group* const* x, int count, __m512i dots[2][STRIP_TILE]) {
#pragma clang loop unroll(full)
  for (int k = from; k < to; k++) {
    const __m512i low = codes(w, b, k, 0), high = codes(w, b, k, 1);
#pragma clang loop unroll(full)
    for (int t = 0; t < count; t++) {
      const __m512i four = four_codes(x[t], b, k);
      dots[0][t] = _mm512_dpbusd_epi32(dots[0][t], low, four);
      dots[1][t] = _mm512_dpbusd_epi32(dots[1][t], high, four);
    }
  }
}

/// Adds dot products of block `b`, and their steps, times the scales in row `scale` of the panel to the sums.
EW_INLINE void add_stepped(const strip_source* w, size_t scale, size_t b, const ew_q8_group* const* x, int count,
                           __m512i dots[2][STRIP_TILE], __m512 sums[2][STRIP_TILE]) {
#pragma clang loop unroll(full)
  for (int h = 0; h < 2; h++) {
    const __m512 scales = _mm512_load_ps(&w->panel->scales[scale][16 * h]);
    for (int t = 0; t < count; t++)
      sums[h][t] = _mm512_fmadd_ps(stepped(dots[h][t], x[t]->steps[b]), scales, sums[h][t]);
  }
}

/// One scale to a block; codes are above their meaning by 2^shift, or by nothing when shift is 0.
EW_INLINE void strip_plain(const strip_source* w, strip_codes* codes, size_t b, const ew_q8_group* const* x, int count,
                           int shift, __m512 sums[2][STRIP_TILE]) {
  __m512i dots[2][STRIP_TILE];
  for (int t = 0; t < count; t++)
    dots[0][t] = dots[1][t] =
        shift ? _mm512_slli_epi32(_mm512_set1_epi32(x[t]->negated[b]), shift) : _mm512_setzero_si512();
  strip_dots(w, codes, b, 0, 8, x, count, dots);
  add_stepped(w, b, b, x, count, dots, sums);
}

EW_INLINE void strip_block_q4_0(const strip_source* w, strip_codes* codes, size_t b, const ew_q8_group* const* x,
                                int count, __m512 sums[2][STRIP_TILE]) {
  strip_plain(w, codes, b, x, count, 3, sums);
}

EW_INLINE void strip_block_q8_0(const strip_source* w, strip_codes* codes, size_t b, const ew_q8_group* const* x,
                                int count, __m512 sums[2][STRIP_TILE]) {
  strip_plain(w, codes, b, x, count, 7, sums);
}

/// A scale and a minimum to a block.
EW_INLINE void strip_block_q4_k(const strip_source* w, strip_codes* codes, size_t b, const ew_q8_group* const* x,
                                int count, __m512 sums[2][STRIP_TILE]) {
  strip_plain(w, codes, b, x, count, 0, sums);
#pragma clang loop unroll(full)
  for (int h = 0; h < 2; h++) {
    const __m512 minima = _mm512_load_ps(&w->panel->minima[b][16 * h]);
    for (int t = 0; t < count; t++) sums[h][t] = _mm512_fnmadd_ps(minima, _mm512_set1_ps(x[t]->spans[b]), sums[h][t]);
  }
}

#define strip_block_q5_k strip_block_q4_k

/// Two scales to a block; codes are above their meaning by 32.
EW_INLINE void strip_block_q6_k(const strip_source* w, strip_codes* codes, size_t b, const ew_q8_group* const* x,
                                int count, __m512 sums[2][STRIP_TILE]) {
#pragma clang loop unroll(full)
  for (int part = 0; part < 2; part++) {
    __m512i dots[2][STRIP_TILE];
    for (int t = 0; t < count; t++)
      dots[0][t] = dots[1][t] = _mm512_slli_epi32(_mm512_set1_epi32(x[t]->halves[2 * b + part]), 5);
    strip_dots(w, codes, b, 4 * part, 4 * part + 4, x, count, dots);
    add_stepped(w, 2 * b + part, b, x, count, dots, sums);
  }
}

EW_INLINE const uint8_t* strip_group(const ew_product* p, size_t row, size_t group, size_t group_bytes) {
  return (const uint8_t*)p->weights + row * p->row_bytes + group * EW_STRIP_ROWS * group_bytes;
}

/// The first groups of `count` tokens from `token` on.
EW_INLINE void tokens_at(const ew_product* p, size_t token, int count, const ew_q8_group* x[STRIP_TILE]) {
  for (int t = 0; t < count; t++)
    x[t] = (const ew_q8_group*)((const char*)p->activations + (token + t) * p->token_bytes);
}

EW_INLINE float* strip_out(const ew_product* p, size_t row, size_t token, int half) {
  return p->out + token * p->out_stride + row + 16 * half;
}

/// The lines of the next strip's group, as many at a block's turn as all tiles of the tokens have to fetch.
EW_INLINE strip_ahead first_ahead(const ew_product* p, size_t row, size_t group, size_t group_bytes) {
  if (row + EW_STRIP_ROWS >= p->row_end) return (strip_ahead){strip_group(p, row, group, group_bytes), 0, 0};
  const size_t tiles = (p->token_end - p->token_begin) / STRIP_TILE, lines = group_bytes / 16;
  const size_t least = (lines + tiles - 1) / tiles, share = least < 2 ? 2 : least;
  return (strip_ahead){strip_group(p, row + EW_STRIP_ROWS, group, group_bytes), 0, share};
}

EW_INLINE strip_ahead next_ahead(strip_ahead ahead, size_t lines) {
  const size_t share = ahead.end - ahead.begin, end = ahead.end + share;
  return (strip_ahead){ahead.at, ahead.end, end < lines ? end : ahead.end < lines ? lines : ahead.end};
}

/// Writes sums, times the tokens' units if they are complete.
EW_INLINE void put_sums(const ew_product* p, size_t row, size_t token, int count, const ew_q8_group* const* x,
                        bool is_complete, __m512 sums[2][STRIP_TILE]) {
  for (int t = 0; t < count; t++) {
    const __m512 unit = _mm512_set1_ps(is_complete ? x[t]->unit : 1);
    for (int h = 0; h < 2; h++) _mm512_storeu_ps(strip_out(p, row, token + t, h), _mm512_mul_ps(sums[h][t], unit));
  }
}

EW_INLINE void no_sums(int count, __m512 sums[2][STRIP_TILE]) {
  for (int t = 0; t < count; t++) sums[0][t] = sums[1][t] = _mm512_setzero_ps();
}

/// All lines of a block, `bytes` further on in the strips; none if that is 0. Strips of Q8_0 are read as fast without it, as each word is a
/// load of its own.
EW_INLINE strip_ahead ahead_of(const uint8_t* group, size_t bytes, size_t lines) {
  return (strip_ahead){group + bytes, 0, bytes ? lines : 0};
}

/// Products of few tokens for `format`, whose rows have `group_bytes` for 256 columns and share words of codes among `together` blocks.
#define EW_STRIP_ROWS_OF(format, group_bytes, together, ahead_bytes)                                                   \
  EW_INLINE __m512i strip_source_##format(const strip_source* s, size_t b, int k, int half) {                          \
    return strip_codes_##format(s->group, s->blocks, b, k, half);                                                      \
  }                                                                                                                    \
  EW_INLINE void strip_group_##format(const strip_source* source, strip_ahead ahead, const ew_q8_group* const* x,      \
                                      int count, __m512 sums[2][STRIP_TILE]) {                                         \
    _Pragma("clang loop unroll(disable)") for (size_t b = 0; b < source->blocks; b += together) {                      \
      const size_t first = opaque(b / together) * together;                                                            \
      fetch_lines(ahead, b / together, together * group_bytes / 16);                                                   \
      _Pragma("clang loop unroll(full)") for (size_t i = 0; i < together; i++)                                         \
          strip_block_##format(source, strip_source_##format, first + i, x, count, sums);                              \
    }                                                                                                                  \
  }                                                                                                                    \
  EW_INLINE void strip_rows_of_##format(const ew_product* p, size_t row, size_t token, int count) {                    \
    const size_t all_blocks = p->columns / 32;                                                                         \
    wide_panel factors;                                                                                                \
    const ew_q8_group* x[STRIP_TILE];                                                                                  \
    __m512 sums[2][STRIP_TILE];                                                                                        \
    tokens_at(p, token, count, x);                                                                                     \
    no_sums(count, sums);                                                                                              \
    for (size_t block = 0; block < all_blocks; block += 8) {                                                           \
      const size_t blocks = all_blocks - block < 8 ? all_blocks - block : 8;                                           \
      const strip_source source = {&factors, strip_group(p, row, block / 8, group_bytes), blocks};                     \
      strip_factors_##format(source.group, blocks, &factors);                                                          \
      strip_group_##format(&source, ahead_of(source.group, ahead_bytes, together * group_bytes / 16), x, count, sums); \
      for (int t = 0; t < count; t++) x[t]++;                                                                          \
    }                                                                                                                  \
    tokens_at(p, token, count, x);                                                                                     \
    put_sums(p, row, token, count, x, true, sums);                                                                     \
  }                                                                                                                    \
  EW_STRIP_ROWS_BY(format, 4)

/// Calls strip_rows_of_FORMAT for up to `most` tokens at a time.
#define EW_STRIP_ROWS_BY(format, most)                                                                                 \
  static void rows_##format##_strips(const ew_product* p) {                                                            \
    for (size_t row = p->row_begin; row < p->row_end; row += EW_STRIP_ROWS) {                                          \
      size_t token = p->token_begin;                                                                                   \
      for (; token + most <= p->token_end; token += most) strip_rows_of_##format(p, row, token, most);                 \
      if (most > 2 && token + 2 <= p->token_end) {                                                                     \
        strip_rows_of_##format(p, row, token, 2);                                                                      \
        token += 2;                                                                                                    \
      }                                                                                                                \
      if (token < p->token_end) strip_rows_of_##format(p, row, token, 1);                                              \
    }                                                                                                                  \
  }

/// Products of many tokens for `format`: fill_FORMAT_strips prepares some groups of a strip, and whole tiles pass over all of them
/// with their sums in registers. `add` adds the products of a group.
#define EW_STRIPS(format, group_bytes, add)                                                                            \
  EW_INLINE void strip_tile_##format(const strip_source* sources, strip_ahead ahead, size_t first, size_t groups,      \
                                     const ew_product* p, size_t row, size_t token, int count) {                       \
    const ew_q8_group* x[STRIP_TILE];                                                                                  \
    __m512 sums[2][STRIP_TILE];                                                                                        \
    tokens_at(p, token, count, x);                                                                                     \
    no_sums(count, sums);                                                                                              \
    if (first)                                                                                                         \
      for (int t = 0; t < count; t++)                                                                                  \
        for (int h = 0; h < 2; h++) sums[h][t] = _mm512_loadu_ps(strip_out(p, row, token + t, h));                     \
    for (int t = 0; t < count; t++) x[t] += first;                                                                     \
    for (size_t group = 0; group < groups; group++) {                                                                  \
      add(&sources[group], ahead, x, count, sums);                                                                     \
      ahead.at += EW_STRIP_ROWS * group_bytes;                                                                         \
      for (int t = 0; t < count; t++) x[t]++;                                                                          \
    }                                                                                                                  \
    for (int t = 0; t < count; t++) x[t]--;                                                                            \
    put_sums(p, row, token, count, x, (first + groups) * 256 >= p->columns, sums);                                     \
  }                                                                                                                    \
  static void panels_##format##_strips(const ew_product* p) {                                                          \
    const size_t all_groups = (p->columns + 255) / 256;                                                                \
    wide_panel panels[STRIP_GROUPS];                                                                                   \
    strip_source sources[STRIP_GROUPS];                                                                                \
    for (size_t first = 0; first < all_groups; first += STRIP_GROUPS)                                                  \
      for (size_t row = p->row_begin; row < p->row_end; row += EW_STRIP_ROWS) {                                        \
        const size_t groups = all_groups - first < STRIP_GROUPS ? all_groups - first : STRIP_GROUPS;                   \
        for (size_t i = 0; i < groups; i++) {                                                                          \
          const size_t blocks = p->columns / 32 - 8 * (first + i);                                                     \
          sources[i] = fill_##format##_strips(p, row, first + i, blocks < 8 ? blocks : 8, &panels[i]);                 \
        }                                                                                                              \
        size_t token = p->token_begin;                                                                                 \
        strip_ahead ahead = first_ahead(p, row, first, group_bytes);                                                   \
        for (; token + STRIP_TILE <= p->token_end; token += STRIP_TILE) {                                              \
          strip_tile_##format(sources, ahead, first, groups, p, row, token, STRIP_TILE);                               \
          ahead = next_ahead(ahead, group_bytes / 16);                                                                 \
        }                                                                                                              \
        for (; token < p->token_end; token++) strip_tile_##format(sources, ahead, first, groups, p, row, token, 1);    \
      }                                                                                                                \
  }                                                                                                                    \
  void EW_NAME(ew_product_##format##_strips)(const ew_product* p) {                                                    \
    if (p->token_end - p->token_begin < EW_PANEL_TOKENS)                                                               \
      rows_##format##_strips(p);                                                                                       \
    else                                                                                                               \
      panels_##format##_strips(p);                                                                                     \
  }

/// Codes that are taken apart so fast that it may be done for every tile: only factors are prepared.
#define EW_STRIPS_OF_CODES(format, group_bytes)                                                                        \
  static strip_source fill_##format##_strips(const ew_product* p, size_t row, size_t group, size_t blocks,             \
                                             wide_panel* out) {                                                        \
    const uint8_t* at = strip_group(p, row, group, group_bytes);                                                       \
    strip_factors_##format(at, blocks, out);                                                                           \
    return (strip_source){out, at, blocks};                                                                            \
  }                                                                                                                    \
  EW_STRIPS(format, group_bytes, strip_group_##format)

/// Codes that are taken apart once for all tiles.
#define EW_STRIPS_UNPACKED(format, group_bytes)                                                                        \
  EW_INLINE void strip_unpacked_##format(const strip_source* source, strip_ahead ahead, const ew_q8_group* const* x,   \
                                         int count, __m512 sums[2][STRIP_TILE]) {                                      \
    _Pragma("clang loop unroll(disable)") for (size_t b = 0; b < source->blocks; b++) {                                \
      fetch_lines(ahead, b, group_bytes / 16);                                                                         \
      strip_block_##format(source, unpacked_codes, opaque(b), x, count, sums);                                         \
    }                                                                                                                  \
  }                                                                                                                    \
  EW_STRIPS(format, group_bytes, strip_unpacked_##format)

EW_STRIP_ROWS_OF(q4_0, 144, 1, STRIP_AHEAD)
EW_STRIP_ROWS_OF(q8_0, 272, 1, 0)
EW_STRIP_ROWS_OF(q4_k, 144, 2, STRIP_AHEAD)
EW_STRIP_ROWS_OF(q5_k, 176, 2, STRIP_AHEAD)

EW_STRIPS_OF_CODES(q4_0, 144)
EW_STRIPS_OF_CODES(q8_0, 272)

/// Two blocks share words.
#define EW_STRIP_FILL_PAIRS(format, group_bytes)                                                                       \
  static strip_source fill_##format##_strips(const ew_product* p, size_t row, size_t group, size_t blocks,             \
                                             wide_panel* out) {                                                        \
    const uint8_t* at = strip_group(p, row, group, group_bytes);                                                       \
    strip_factors_##format(at, blocks, out);                                                                           \
    _Pragma("clang loop unroll(disable)") for (size_t b = 0; b < 8; b += 2)                                            \
        _Pragma("clang loop unroll(disable)") for (int k = 0; k < 8; k++) for (int half = 0; half < 2; half++) {       \
      put(out, half, (int)b, k, strip_codes_##format(at, blocks, b, k, half));                                         \
      put(out, half, (int)b + 1, k, strip_codes_##format(at, blocks, b + 1, k, half));                                 \
    }                                                                                                                  \
    return (strip_source){out, at, blocks};                                                                            \
  }

EW_STRIP_FILL_PAIRS(q4_k, 144)
EW_STRIP_FILL_PAIRS(q5_k, 176)

EW_STRIPS_UNPACKED(q4_k, 144)
EW_STRIPS_UNPACKED(q5_k, 176)

#include "strips_q6_k_avx512vnni.h"
