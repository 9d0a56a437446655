// Products of few tokens, as rows_avx512vnni.h, with weights whose blocks of 32 keep 16 bytes of nibbles: a quarter register holds
// a block, its first 16 codes are low nibbles, its last 16 high ones, and the activations are dealt out alike.
#include "groups_fives_x86.h"
#include "groups_tables_x86.h"

/// 256 codes, unsigned: blocks 4i ..< 4i + 4 in low[i] and high[i].
typedef struct {
  __m512i low[2];
  __m512i high[2];
  __m256 scales;
  __m256 minima;
} quarters;

/// The nibbles of eight blocks of `size` bytes from `at` on.
EW_INLINE void nibbles_of(const uint8_t* at, int size, quarters* out) {
  const __m512i four = _mm512_set1_epi8(15);
  at = apart(at);
#pragma clang loop unroll(full)
  for (int part = 0; part < 2; part++) {
    const uint8_t* from = at + 4 * size * part;
    const __m256i first = _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const __m128i*)from)),
                                                  _mm_loadu_si128((const __m128i*)(from + size)), 1);
    const __m256i second =
        _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const __m128i*)(from + 2 * size))),
                                _mm_loadu_si128((const __m128i*)(from + 3 * size)), 1);
    const __m512i bytes = _mm512_inserti64x4(_mm512_castsi256_si512(first), second, 1);
    out->low[part] = _mm512_and_si512(bytes, four);
    out->high[part] = _mm512_and_si512(_mm512_srli_epi16(bytes, 4), four);
  }
}

/// Replaces codes by the table's bytes.
EW_INLINE void look_up(__m256i table, quarters* out) {
  const __m512i wide = _mm512_broadcast_i64x4(table);
  for (int part = 0; part < 2; part++) {
    out->low[part] = _mm512_shuffle_epi8(wide, out->low[part]);
    out->high[part] = _mm512_shuffle_epi8(wide, out->high[part]);
  }
}

/// Adds 16 where the bits of four blocks say so: word 4 + b of `words` for the low nibbles of block b, 8 + b for the high ones.
EW_INLINE void add_fifths(__m512i words, int part, quarters* out) {
  const __m128i masks = _mm512_extracti32x4_epi32(words, 1);
  const __mmask64 low = _cvtu64_mask64((uint64_t)_mm_cvtsi128_si64(masks));
  const __mmask64 high = _cvtu64_mask64((uint64_t)_mm_extract_epi64(masks, 1));
  const __m512i fifth = _mm512_set1_epi8(16);
  out->low[part] = _mm512_mask_add_epi8(out->low[part], low, out->low[part], fifth);
  out->high[part] = _mm512_mask_add_epi8(out->high[part], high, out->high[part], fifth);
}

EW_INLINE __m256 turned(__m256 values) { return _mm256_xor_ps(values, _mm256_set1_ps(-0.0f)); }

EW_INLINE quarters quarters_q4_1(const uint8_t* at) {
  EW_PREFETCH(at, 160);
  quarters w;
  // Four blocks have their scales in words 0, 10, 20 and 30, and their minima after them.
  const __m512i picks = _mm512_castsi128_si512(_mm_setr_epi16(0, 10, 20, 30, 1, 11, 21, 31));
  const __m128i a = _mm512_castsi512_si128(_mm512_permutexvar_epi16(picks, _mm512_loadu_si512(at)));
  const __m128i b = _mm512_castsi512_si128(_mm512_permutexvar_epi16(picks, _mm512_loadu_si512(at + 80)));
  w.scales = _mm256_cvtph_ps(_mm_unpacklo_epi64(a, b));
  w.minima = turned(_mm256_cvtph_ps(_mm_unpackhi_epi64(a, b)));
  nibbles_of(at + 4, 20, &w);
  return w;
}

EW_INLINE quarters quarters_q5_0(const uint8_t* at) {
  EW_PREFETCH(at, 176);
  quarters w;
  __m512i words[2];
  nibbles_of(at + 6, 22, &w);
  // Scales, fifth bits of the first and of the last 16 codes of four blocks, in words of 88 bytes: the first 64 and the last 64.
  const __m512i picks = _mm512_castsi256_si512(
      _mm256_setr_epi16(0, 11, 22, 32 + 21, 0, 0, 0, 0, 1, 12, 23, 32 + 22, 2, 13, 24, 32 + 23));
#pragma clang loop unroll(full)
  for (int part = 0; part < 2; part++) {
    const uint8_t* from = at + 88 * part;
    words[part] = _mm512_permutex2var_epi16(_mm512_loadu_si512(from), picks, _mm512_loadu_si512(from + 24));
    add_fifths(words[part], part, &w);
  }
  w.scales = _mm256_cvtph_ps(_mm_unpacklo_epi64(_mm512_castsi512_si128(words[0]), _mm512_castsi512_si128(words[1])));
  w.minima = _mm256_mul_ps(w.scales, _mm256_set1_ps(16));
  return w;
}

EW_INLINE quarters quarters_q5_1(const uint8_t* at) {
  EW_PREFETCH(at, 192);
  quarters w;
  __m512i words[2];
  nibbles_of(at + 8, 24, &w);
  // As Q5_0 in 96 bytes, with minima after the scales.
  const __m512i picks = _mm512_castsi256_si512(
      _mm256_setr_epi16(0, 12, 24, 32 + 20, 1, 13, 25, 32 + 21, 2, 14, 26, 32 + 22, 3, 15, 27, 32 + 23));
#pragma clang loop unroll(full)
  for (int part = 0; part < 2; part++) {
    const uint8_t* from = at + 96 * part;
    words[part] = _mm512_permutex2var_epi16(_mm512_loadu_si512(from), picks, _mm512_loadu_si512(from + 32));
    add_fifths(words[part], part, &w);
  }
  const __m128i a = _mm512_castsi512_si128(words[0]), b = _mm512_castsi512_si128(words[1]);
  w.scales = _mm256_cvtph_ps(_mm_unpacklo_epi64(a, b));
  w.minima = turned(_mm256_cvtph_ps(_mm_unpackhi_epi64(a, b)));
  return w;
}

/// The table's numbers plus 128.
EW_INLINE quarters quarters_iq4_nl(const uint8_t* at) {
  EW_PREFETCH(at, 144);
  quarters w;
  const __m512i picks = _mm512_castsi128_si512(_mm_setr_epi16(0, 9, 18, 27, 36, 45, 54, 63));
  const __m512i words = _mm512_permutex2var_epi16(_mm512_loadu_si512(at), picks, _mm512_loadu_si512(at + 64));
  w.scales = _mm256_cvtph_ps(_mm512_castsi512_si128(words));
  w.minima = _mm256_mul_ps(w.scales, _mm256_set1_ps(128));
  nibbles_of(at + 2, 18, &w);
  look_up(_mm256_xor_si256(ew_table_iq4(), _mm256_set1_epi8((char)0x80)), &w);
  return w;
}

/// The table's numbers plus 128.
EW_INLINE quarters quarters_iq4_xs(const uint8_t* at) {
  EW_PREFETCH(at, 136);
  quarters w;
  w.scales = ew_scales_iq4_xs(at);
  w.minima = _mm256_mul_ps(w.scales, _mm256_set1_ps(128));
  nibbles_of(at + 8, 16, &w);
  look_up(_mm256_xor_si256(ew_table_iq4(), _mm256_set1_epi8((char)0x80)), &w);
  return w;
}

/// The table's numbers plus 12.
EW_INLINE quarters quarters_mxfp4(const uint8_t* at) {
  EW_PREFETCH(at, 136);
  quarters w;
  w.scales = ew_scales_mxfp4(at);
  w.minima = _mm256_mul_ps(w.scales, _mm256_set1_ps(12));
  nibbles_of(at + 1, 17, &w);
  look_up(ew_table_mxfp4(), &w);
  return w;
}

#define EW_QUARTERS(format, group_bytes)                                                                               \
  EW_INLINE void step_##format(const uint8_t* at, const ew_q8_row* x, int tokens, size_t group, partial* into) {       \
    const quarters w = quarters_##format(at);                                                                          \
    const __m512i blocks = _mm512_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);                          \
    for (int t = 0; t < tokens; t++) {                                                                                 \
      const __m256 factors = scaled_by_x(&x[t], group, w.scales, w.minima, &into[t]);                                  \
      for (int part = 0; part < 2; part++) {                                                                           \
        const __m512i a = codes_at(&x[t], group, 2 * part), b = codes_at(&x[t], group, 2 * part + 1);                  \
        __m512i dots = _mm512_dpbusd_epi32(_mm512_setzero_si512(), w.low[part], _mm512_shuffle_i32x4(a, b, 0x88));     \
        dots = _mm512_dpbusd_epi32(dots, w.high[part], _mm512_shuffle_i32x4(a, b, 0xdd));                              \
        add_dots(&into[t], part, dots, spread(factors, _mm512_add_epi32(blocks, _mm512_set1_epi32(4 * part))));        \
      }                                                                                                                \
    }                                                                                                                  \
  }                                                                                                                    \
  EW_ROWS(format, group_bytes, step_##format)

EW_QUARTERS(q4_1, 160)
EW_QUARTERS(q5_0, 176)
EW_QUARTERS(q5_1, 192)
EW_QUARTERS(iq4_nl, 144)
EW_QUARTERS(iq4_xs, 136)
EW_QUARTERS(mxfp4, 136)
