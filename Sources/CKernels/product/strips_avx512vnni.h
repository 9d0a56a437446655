// Products of strips (strips.h) with AVX-512 VNNI. Few tokens take codes apart where they are used, many tokens once for all of them.
//
// Loops over words in memory are kept loops: the hardware foresees what a load reads next from what the same instruction read before,
// and unrolled loads that come by only once in kilobytes, at uneven distances, made Q6_K read memory three times as slowly.
#include "strips.h"
#include "wide_avx512vnni.h"

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

/// Sixteen signed scales.
EW_INLINE void strip_factors_q6_k(const uint8_t* group, size_t, wide_panel* out) {
  for (int half = 0; half < 2; half++) {
    const __m512 scale = _mm512_cvtph_ps(_mm256_load_si256((const __m256i*)(group + 32 * half)));
    for (int word = 0; word < 4; word++) {
      const __m512i bytes = strip_word(group + 64, word, half);
#pragma clang loop unroll(full)
      for (int i = 0; i < 4; i++)
        _mm512_store_ps(
            &out->scales[4 * word + i][16 * half],
            _mm512_mul_ps(scale, _mm512_cvtepi32_ps(_mm512_srai_epi32(_mm512_slli_epi32(bytes, 24 - 8 * i), 24))));
    }
  }
}

/// A group of a strip with its factors, and for some formats its codes, each in a byte.
typedef struct {
  wide_panel unpacked;
  const uint8_t* group;
} strip_panel;

EW_INLINE const uint8_t* strip_group(const ew_product* p, size_t row, size_t group, size_t group_bytes) {
  return (const uint8_t*)p->weights + row * p->row_bytes + group * EW_STRIP_ROWS * group_bytes;
}

/// Products of few tokens for `format`, whose rows have `group_bytes` for 256 columns and share words of codes among `together` blocks.
#define EW_STRIP_ROWS_OF(format, group_bytes, together)                                                                \
  EW_INLINE __m512i strip_source_##format(const wide_source* s, size_t b, int k, int half) {                           \
    return strip_codes_##format(s->group, s->blocks, b, k, half);                                                      \
  }                                                                                                                    \
  EW_INLINE void strip_blocks_##format(const wide_source* source, const wide_column* x, int count,                     \
                                       __m512 sums[2][WIDE_TILE]) {                                                    \
    for (size_t b = 0; b < source->blocks; b += together)                                                              \
      _Pragma("clang loop unroll(full)") for (size_t i = 0; i < together; i++)                                         \
        wide_block_##format(source, strip_source_##format, b + i, x, count, sums);                                     \
  }                                                                                                                    \
  EW_INLINE void strip_rows_of_##format(const ew_product* p, size_t row, size_t token, int count) {                    \
    const size_t all_blocks = p->columns / 32;                                                                         \
    wide_panel factors;                                                                                                \
    wide_column x[WIDE_TILE];                                                                                          \
    __m512 sums[2][WIDE_TILE];                                                                                         \
    for (int t = 0; t < count; t++) {                                                                                  \
      x[t] = wide_column_at((const char*)p->activations + (token + t) * p->token_bytes, p->columns, 0);                \
      sums[0][t] = sums[1][t] = _mm512_setzero_ps();                                                                   \
    }                                                                                                                  \
    for (size_t block = 0; block < all_blocks; block += 8) {                                                           \
      const size_t blocks = all_blocks - block < 8 ? all_blocks - block : 8;                                           \
      const wide_source source = {&factors, strip_group(p, row, block / 8, group_bytes), blocks};                          \
      strip_factors_##format(source.group, blocks, &factors);                                                          \
      strip_blocks_##format(&source, x, count, sums);                                                                  \
      for (int t = 0; t < count; t++) x[t] = wide_column_after(x[t]);                                                  \
    }                                                                                                                  \
    for (int t = 0; t < count; t++)                                                                                    \
      for (int h = 0; h < 2; h++)                                                                                      \
        _mm512_storeu_ps(p->out + (token + t) * p->out_stride + row + 16 * h, sums[h][t]);                             \
  }                                                                                                                    \
  static void rows_##format##_strips(const ew_product* p) {                                                            \
    for (size_t row = p->row_begin; row < p->row_end; row += EW_STRIP_ROWS) {                                          \
      size_t token = p->token_begin;                                                                                   \
      for (; token + 4 <= p->token_end; token += 4) strip_rows_of_##format(p, row, token, 4);                          \
      if (token + 2 <= p->token_end) {                                                                                 \
        strip_rows_of_##format(p, row, token, 2);                                                                      \
        token += 2;                                                                                                    \
      }                                                                                                                \
      if (token < p->token_end) strip_rows_of_##format(p, row, token, 1);                                              \
    }                                                                                                                  \
  }

/// Products of many tokens for formats whose codes are taken apart so fast that it may be done for every tile.
#define EW_STRIPS(format, group_bytes, together)                                                                       \
  EW_STRIP_ROWS_OF(format, group_bytes, together)                                                                      \
  static void fill_##format##_strips(const ew_product* p, size_t row, size_t group, size_t blocks, strip_panel* out) { \
    out->group = strip_group(p, row, group, group_bytes);                                                              \
    strip_factors_##format(out->group, blocks, &out->unpacked);                                                        \
  }                                                                                                                    \
  EW_INLINE void strip_tile_##format(const strip_panel* w, const char* token, const ew_product* p, int count,          \
                                     size_t block, size_t blocks, float (*sums)[WIDE_ROWS]) {                          \
    const wide_source source = {&w->unpacked, w->group, blocks};                                                       \
    wide_column x[WIDE_TILE];                                                                                          \
    __m512 kept[2][WIDE_TILE];                                                                                         \
    wide_load(token, p, count, block, sums, x, kept);                                                                  \
    strip_blocks_##format(&source, x, count, kept);                                                                    \
    wide_store(count, kept, sums);                                                                                     \
  }                                                                                                                    \
  EW_WIDE_TILES(format##_strips, strip_panel, strip_tile_##format)                                                     \
  EW_PANEL_LOOP(format##_strips, strip_panel, WIDE_ROWS, WIDE_TILE)

EW_STRIPS(q4_0, 144, 1)
EW_STRIPS(q8_0, 272, 1)
EW_STRIPS(q4_k, 144, 2)

/// Products of many tokens for formats whose codes are taken apart once for all of them, by fill_FORMAT_strips.
#define EW_STRIPS_UNPACKED(format)                                                                                     \
  EW_WIDE_TILES(format##_strips, wide_panel, wide_tile_##format)                                                       \
  EW_PANEL_LOOP(format##_strips, wide_panel, WIDE_ROWS, WIDE_TILE)

EW_STRIP_ROWS_OF(q5_k, 176, 2)

static void fill_q5_k_strips(const ew_product* p, size_t row, size_t group, size_t blocks, wide_panel* out) {
  const uint8_t* at = strip_group(p, row, group, 176);
  strip_factors_q5_k(at, blocks, out);
#pragma clang loop unroll(disable)
  for (size_t pair = 0; pair < 4; pair++)
#pragma clang loop unroll(disable)
    for (int k = 0; k < 8; k++)
#pragma clang loop unroll(full)
      for (size_t i = 0; i < 2; i++)
        for (int half = 0; half < 2; half++)
          put(out, half, (int)(2 * pair + i), k, strip_codes_q5_k(at, blocks, 2 * pair + i, k, half));
}

EW_STRIPS_UNPACKED(q5_k)

/// The codes of columns 4 k ... 4 k + 3 of four blocks, (block, half): the same word of upper bits completes them. All words are
/// loaded in the order of memory, which the hardware's prefetching depends on.
EW_INLINE void strip_codes_q6_k(const uint8_t* words, __m512i codes[4][2]) {
  const __m512i four = _mm512_set1_epi8(15), six = _mm512_set1_epi8(63);
  __m512i loaded[3][2];
#pragma clang loop unroll(full)
  for (int i = 0; i < 3; i++)
    for (int half = 0; half < 2; half++) loaded[i][half] = strip_word(words, (size_t)i, half);
#pragma clang loop unroll(full)
  for (int half = 0; half < 2; half++) {
    const __m512i bits = loaded[0][half], first = loaded[1][half], second = loaded[2][half];
    codes[0][half] = _mm512_and_si512(merged(first, _mm512_slli_epi16(bits, 4), four), six);
    codes[1][half] = _mm512_and_si512(merged(second, _mm512_slli_epi16(bits, 2), four), six);
    codes[2][half] = _mm512_and_si512(merged(_mm512_srli_epi16(first, 4), bits, four), six);
    codes[3][half] = _mm512_and_si512(merged(_mm512_srli_epi16(second, 4), _mm512_srli_epi16(bits, 2), four), six);
  }
}

/// The words of blocks `b` ... `b` + 3 for columns 4 k ... 4 k + 3 in a group of Q6_K.
EW_INLINE const uint8_t* strip_words_q6_k(const uint8_t* group, int b, int k) { return group + 576 + 384 * (2 * b + k); }

/// One or two tokens, with four blocks at a time, so that memory is read in its order while products are added.
EW_INLINE void strip_rows_of_q6_k(const ew_product* p, size_t row, size_t token, int count) {
  wide_panel factors;
  wide_column x[2];
  __m512 sums[2][2];
  for (int t = 0; t < count; t++) {
    x[t] = wide_column_at((const char*)p->activations + (token + t) * p->token_bytes, p->columns, 0);
    sums[0][t] = sums[1][t] = _mm512_setzero_ps();
  }
  for (size_t group = 0; group < p->columns / 256; group++) {
    const uint8_t* at = strip_group(p, row, group, 210);
    strip_factors_q6_k(at, 8, &factors);
#pragma clang loop unroll(disable)
    for (int b = 0; b < 8; b += 4) {
#pragma clang loop unroll(disable)
      for (int part = 0; part < 2; part++) {
        __m512i dots[4][2][2];
        for (int i = 0; i < 4; i++)
          for (int t = 0; t < count; t++)
            dots[i][0][t] = dots[i][1][t] = _mm512_set1_epi32(-32 * x[t].sums[2 * (b + i) + part]);
#pragma clang loop unroll(disable)
        for (int k = 4 * part; k < 4 * part + 4; k++) {
          __m512i codes[4][2];
          strip_codes_q6_k(strip_words_q6_k(at, b, k), codes);
          for (int i = 0; i < 4; i++)
            for (int t = 0; t < count; t++) {
              int word;
              memcpy(&word, x[t].codes + 32 * (b + i) + 4 * k, 4);
              for (int half = 0; half < 2; half++)
                dots[i][half][t] = _mm512_dpbusd_epi32(dots[i][half][t], codes[i][half], _mm512_set1_epi32(word));
            }
        }
        for (int i = 0; i < 4; i++)
          for (int half = 0; half < 2; half++) {
            const __m512 scales = _mm512_load_ps(&factors.scales[2 * (b + i) + part][16 * half]);
            for (int t = 0; t < count; t++)
              sums[half][t] = _mm512_fmadd_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(dots[i][half][t]), scales),
                                              _mm512_set1_ps(x[t].scales[b + i]), sums[half][t]);
          }
      }
    }
    for (int t = 0; t < count; t++) x[t] = wide_column_after(x[t]);
  }
  for (int t = 0; t < count; t++)
    for (int half = 0; half < 2; half++)
      _mm512_storeu_ps(p->out + (token + t) * p->out_stride + row + 16 * half, sums[half][t]);
}

static void rows_q6_k_strips(const ew_product* p) {
  for (size_t row = p->row_begin; row < p->row_end; row += EW_STRIP_ROWS) {
    size_t token = p->token_begin;
    for (; token + 2 <= p->token_end; token += 2) strip_rows_of_q6_k(p, row, token, 2);
    if (token < p->token_end) strip_rows_of_q6_k(p, row, token, 1);
  }
}

static void fill_q6_k_strips(const ew_product* p, size_t row, size_t group, size_t blocks, wide_panel* out) {
  const uint8_t* at = strip_group(p, row, group, 210);
  strip_factors_q6_k(at, blocks, out);
#pragma clang loop unroll(disable)
  for (int b = 0; b < 8; b += 4)
#pragma clang loop unroll(disable)
    for (int k = 0; k < 8; k++) {
      __m512i codes[4][2];
      strip_codes_q6_k(strip_words_q6_k(at, b, k), codes);
      for (int i = 0; i < 4; i++)
        for (int half = 0; half < 2; half++) put(out, half, b + i, k, codes[i][half]);
    }
}

EW_STRIPS_UNPACKED(q6_k)
