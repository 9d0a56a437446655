// Products of few tokens with AVX-512 VNNI: each row is read once, in order, 256 columns at a time in registers of 64 codes, and
// multiplied with up to four tokens as its codes are unpacked.
//
// Per row and token, in lanes: sums += (scale * x_scale) * dot, and offsets += minimum * x_offset; one total at the end.
#include "CKernels.h"
#include "groups_x86.h"
#include "lanes_x86.h"
#include "rows_x86.h"

typedef struct {
  __m512 sums[2];
  __m256 offsets;
} partial;

EW_INLINE float total_of(const partial* p) {
  const __m512 sums = _mm512_add_ps(p->sums[0], p->sums[1]);
  const __m256 halves = _mm256_add_ps(_mm512_castps512_ps256(sums), _mm512_extractf32x8_ps(sums, 1));
  return ew_lanes(_mm256_sub_ps(halves, p->offsets));
}

#define EW_TOTAL(partial) total_of(&(partial))

/// The same address, but unknown to the compiler to be so: it would make one load and many shuffles of loads that overlap.
EW_INLINE const uint8_t* apart(const uint8_t* at) {
  __asm__("" : "+r"(at));
  return at;
}

/// 64 codes of a token.
EW_INLINE __m512i codes_at(const ew_q8_row* x, size_t group, int part) {
  return _mm512_load_si512(x->codes + 256 * group + 64 * part);
}

/// Lane i of the result is the factor with the number in lane i of `lanes`.
EW_INLINE __m512 spread(__m256 factors, __m512i lanes) {
  return _mm512_permutexvar_ps(lanes, _mm512_castps256_ps512(factors));
}

/// Numbers of the blocks to which the 16 lanes belong: (a × 8, b × 8).
EW_INLINE __m512i two_blocks(int a, int b) {
  return _mm512_inserti64x4(_mm512_set1_epi32(a), _mm256_set1_epi32(b), 1);
}

EW_INLINE void add_dots(partial* into, int chain, __m512i dots, __m512 factors) {
  into->sums[chain] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(dots), factors, into->sums[chain]);
}

EW_INLINE __m256 scaled_by_x(const ew_q8_row* x, size_t group, __m256 scales, __m256 minima, partial* into) {
  into->offsets = _mm256_fmadd_ps(minima, _mm256_load_ps(x->offsets + 8 * group), into->offsets);
  return _mm256_mul_ps(scales, _mm256_load_ps(x->scales + 8 * group));
}

/// Four blocks of 16 bytes, 18 bytes apart.
EW_INLINE __m512i four_blocks(const uint8_t* at) {
  const __m256i low = _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const __m128i*)at)),
                                              _mm_loadu_si128((const __m128i*)(at + 18)), 1);
  const __m256i high = _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const __m128i*)(at + 36))),
                                               _mm_loadu_si128((const __m128i*)(at + 54)), 1);
  return _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
}

/// A quarter register holds a block: its first 16 codes are low nibbles, its last 16 high ones, and the activations are
/// dealt out alike.
EW_INLINE void step_q4_0(const uint8_t* at, const ew_q8_row* x, int tokens, size_t group, partial* into) {
  EW_PREFETCH(at, 144);
  // The scales are words 0, 9, 18 ... of the first 128 bytes.
  const __m512i picks = _mm512_castsi128_si512(_mm_setr_epi16(0, 9, 18, 27, 36, 45, 54, 63));
  const __m512i words = _mm512_permutex2var_epi16(_mm512_loadu_si512(at), picks, _mm512_loadu_si512(at + 64));
  const __m256 scales = _mm256_cvtph_ps(_mm512_castsi512_si128(words));
  const __m256 minima = _mm256_mul_ps(scales, _mm256_set1_ps(8));
  const __m512i four = _mm512_set1_epi8(15);
  const __m512i blocks = _mm512_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
  __m512i low[2], high[2];
  at = apart(at);
  for (int part = 0; part < 2; part++) {
    const __m512i bytes = four_blocks(at + 72 * part + 2);
    low[part] = _mm512_and_si512(bytes, four);
    high[part] = _mm512_and_si512(_mm512_srli_epi16(bytes, 4), four);
  }
  for (int t = 0; t < tokens; t++) {
    const __m256 factors = scaled_by_x(&x[t], group, scales, minima, &into[t]);
    for (int part = 0; part < 2; part++) {
      const __m512i a = codes_at(&x[t], group, 2 * part), b = codes_at(&x[t], group, 2 * part + 1);
      __m512i dots = _mm512_dpbusd_epi32(_mm512_setzero_si512(), low[part], _mm512_shuffle_i32x4(a, b, 0x88));
      dots = _mm512_dpbusd_epi32(dots, high[part], _mm512_shuffle_i32x4(a, b, 0xdd));
      add_dots(&into[t], part, dots, spread(factors, _mm512_add_epi32(blocks, _mm512_set1_epi32(4 * part))));
    }
  }
}

/// Half a register holds a block: low nibbles have the even blocks and high ones the odd.
EW_INLINE void step_q4_k(const uint8_t* at, const ew_q8_row* x, int tokens, size_t group, partial* into) {
  EW_PREFETCH(at, 144);
  __m256 scales, minima;
  ew_factors_q4_k(at, &scales, &minima);
  const __m512i four = _mm512_set1_epi8(15);
  __m512i low[2], high[2];
  for (int part = 0; part < 2; part++) {
    const __m512i bytes = _mm512_loadu_si512(at + 16 + 64 * part);
    low[part] = _mm512_and_si512(bytes, four);
    high[part] = _mm512_and_si512(_mm512_srli_epi16(bytes, 4), four);
  }
  for (int t = 0; t < tokens; t++) {
    const __m256 factors = scaled_by_x(&x[t], group, scales, minima, &into[t]);
    for (int part = 0; part < 2; part++) {
      const __m512i a = codes_at(&x[t], group, 2 * part), b = codes_at(&x[t], group, 2 * part + 1);
      const __m512i even =
          _mm512_dpbusd_epi32(_mm512_setzero_si512(), low[part], _mm512_shuffle_i32x4(a, b, 0x44));
      const __m512i odd =
          _mm512_dpbusd_epi32(_mm512_setzero_si512(), high[part], _mm512_shuffle_i32x4(a, b, 0xee));
      add_dots(&into[t], 0, even, spread(factors, two_blocks(4 * part, 4 * part + 2)));
      add_dots(&into[t], 1, odd, spread(factors, two_blocks(4 * part + 1, 4 * part + 3)));
    }
  }
}

/// Signed codes plus 128 are unsigned ones; the minimum takes the 128 off again.
EW_INLINE void step_q8_0(const uint8_t* at, const ew_q8_row* x, int tokens, size_t group, partial* into) {
  EW_PREFETCH(at, 272);
  // The scales are words 0, 17, 34 and 51 of each half.
  const __m512i first = _mm512_castsi128_si512(_mm_setr_epi16(0, 17, 34, 51, 0, 0, 0, 0));
  const __m512i second = _mm512_castsi128_si512(_mm_setr_epi16(4, 21, 38, 55, 0, 0, 0, 0));
  const __m512i a = _mm512_permutex2var_epi16(_mm512_loadu_si512(at), first, _mm512_loadu_si512(at + 64));
  const __m512i b = _mm512_permutex2var_epi16(_mm512_loadu_si512(at + 128), second, _mm512_loadu_si512(at + 192));
  const __m256 scales = _mm256_cvtph_ps(_mm_unpacklo_epi64(_mm512_castsi512_si128(a), _mm512_castsi512_si128(b)));
  const __m256 minima = _mm256_mul_ps(scales, _mm256_set1_ps(128));
  at = apart(at);
  __m512i codes[4];
  for (int part = 0; part < 4; part++) {
    const uint8_t* from = at + 68 * part + 2;
    const __m512i bytes =
        _mm512_inserti64x4(_mm512_castsi256_si512(_mm256_loadu_si256((const __m256i*)from)),
                           _mm256_loadu_si256((const __m256i*)(from + 34)), 1);
    codes[part] = _mm512_xor_si512(bytes, _mm512_set1_epi8((char)0x80));
  }
  for (int t = 0; t < tokens; t++) {
    const __m256 factors = scaled_by_x(&x[t], group, scales, minima, &into[t]);
    for (int part = 0; part < 4; part++) {
      const __m512i dots = _mm512_dpbusd_epi32(_mm512_setzero_si512(), codes[part], codes_at(&x[t], group, part));
      add_dots(&into[t], part % 2, dots, spread(factors, two_blocks(2 * part, 2 * part + 1)));
    }
  }
}

/// The integer scales multiply sums of two products, at most 2 * 63 * 127 = 16,002 in 16 bits; a lane's four products stay
/// below 2^24, and 32 times the sums of codes too.
EW_INLINE void step_q6_k(const uint8_t* at, const ew_q8_row* x, int tokens, size_t group, partial* into) {
  EW_PREFETCH(at, 210);
  const __m512i four = _mm512_set1_epi8(15), two = _mm512_set1_epi8(0x30);
  const __m512i up = _mm512_inserti64x4(_mm512_set1_epi16(4), _mm256_set1_epi16(2), 1);
  const __m512i down = _mm512_inserti64x4(_mm512_set1_epi16(0), _mm256_set1_epi16(2), 1);
  __m512i codes[4];
  for (int half = 0; half < 2; half++) {
    const __m512i low = _mm512_loadu_si512(at + 64 * half);
    const __m512i high = _mm512_broadcast_i64x4(_mm256_loadu_si256((const __m256i*)(at + 128 + 32 * half)));
    codes[2 * half] =
        _mm512_or_si512(_mm512_and_si512(low, four), _mm512_and_si512(_mm512_sllv_epi16(high, up), two));
    codes[2 * half + 1] = _mm512_or_si512(_mm512_and_si512(_mm512_srli_epi16(low, 4), four),
                                          _mm512_and_si512(_mm512_srlv_epi16(high, down), two));
  }
  const __m256i ordered = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i*)(at + 192)));
  uint16_t bits;
  memcpy(&bits, at + 208, 2);
  const __m256 scale = _mm256_set1_ps(_cvtsh_ss(bits));
  // Four sub-blocks of 16 values, and so of 8 pairs, to a register.
  const __m512i pairs = _mm512_inserti64x4(
      _mm512_castsi256_si512(_mm256_inserti128_si256(_mm256_setzero_si256(), _mm_set1_epi16(1), 1)),
      _mm256_inserti128_si256(_mm256_set1_epi16(2), _mm_set1_epi16(3), 1), 1);
  __m512i scales[4];
  for (int part = 0; part < 4; part++)
    scales[part] = _mm512_permutexvar_epi16(_mm512_add_epi16(pairs, _mm512_set1_epi16((short)(4 * part))),
                                            _mm512_castsi256_si512(ordered));
  for (int t = 0; t < tokens; t++) {
    const __m256i sums = _mm256_loadu_si256((const __m256i*)(x[t].sums + 16 * group));
    const __m256i offsets = _mm256_slli_epi32(_mm256_madd_epi16(ordered, sums), 5);
    const __m256 factors = _mm256_mul_ps(scale, _mm256_load_ps(x[t].scales + 8 * group));
    into[t].offsets = _mm256_fmadd_ps(factors, _mm256_cvtepi32_ps(offsets), into[t].offsets);
    for (int part = 0; part < 4; part++) {
      const __m512i dots = _mm512_madd_epi16(_mm512_maddubs_epi16(codes[part], codes_at(&x[t], group, part)), scales[part]);
      add_dots(&into[t], part % 2, dots, spread(factors, two_blocks(2 * part, 2 * part + 1)));
    }
  }
}

EW_ROWS(q4_0, 144, step_q4_0)
EW_ROWS(q8_0, 272, step_q8_0)
EW_ROWS(q4_k, 144, step_q4_k)
EW_ROWS(q6_k, 210, step_q6_k)
