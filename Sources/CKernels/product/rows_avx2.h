// Products of few tokens: each row is read once, in order, and multiplied with up to four tokens as its codes are unpacked.
// EW_DPBUSD(sum, u, s), where it is defined, is the instruction that adds products of unsigned and signed bytes by fours.
// Per row and token: sums[b % 2] += scale[b] * x_scale[b] * dot[b], subtracting minima[b] * x_offset[b]; one total at the end.
#include "CKernels.h"
#include "groups_x86.h"
#include "lanes_x86.h"
#include "rows_x86.h"

typedef struct {
  __m256 sums[2];
  __m256 offsets;
} partial;

#define EW_TOTAL(partial)                                                                                              \
  ew_lanes(_mm256_sub_ps(_mm256_add_ps((partial).sums[0], (partial).sums[1]), (partial).offsets))

/// Unsigned times signed bytes, summed by fours; exact for unsigned ones up to 128, as two products stay within 16 bits.
EW_INLINE __m256i dot4(__m256i u, __m256i s) {
#ifdef EW_DPBUSD
  return EW_DPBUSD(_mm256_setzero_si256(), u, s);
#else
  return _mm256_madd_epi16(_mm256_maddubs_epi16(u, s), _mm256_set1_epi16(1));
#endif
}

EW_INLINE __m256i load_codes(const ew_q8_row* x, size_t group, int b) {
  return _mm256_load_si256((const __m256i*)(x->codes + 256 * group + 32 * b));
}

/// Adds the eight dot products of a group, each times its factor.
#define ACCUMULATE(into, factors, dot)                                                                                 \
  do {                                                                                                                 \
    float each[8] __attribute__((aligned(32)));                                                                        \
    _mm256_store_ps(each, factors);                                                                                    \
    /* Kept in memory: a broadcast from there costs no shuffle. */                                                     \
    __asm__("" : "+m"(each));                                                                                          \
    _Pragma("clang loop unroll(full)") for (int b = 0; b < 8; b++) (into)->sums[b % 2] =                               \
        _mm256_fmadd_ps(_mm256_cvtepi32_ps(dot), _mm256_broadcast_ss(&each[b]), (into)->sums[b % 2]);                  \
  } while (0)

EW_INLINE void step_unsigned(const ew_group* w, const ew_q8_row* x, size_t group, partial* into) {
  const __m256 factors = _mm256_mul_ps(w->scales, _mm256_load_ps(x->scales + 8 * group));
  into->offsets = _mm256_fmadd_ps(w->minima, _mm256_load_ps(x->offsets + 8 * group), into->offsets);
  ACCUMULATE(into, factors, dot4(w->codes[b], load_codes(x, group, b)));
}

/// Moves the signs of the weights to the activations; |-128| is the unsigned 128.
EW_INLINE __m256i dot_signed(__m256i w, __m256i x) { return dot4(_mm256_abs_epi8(w), _mm256_sign_epi8(x, w)); }

EW_INLINE void step_signed(const ew_group* w, const ew_q8_row* x, size_t group, partial* into) {
  const __m256 factors = _mm256_mul_ps(w->scales, _mm256_load_ps(x->scales + 8 * group));
  ACCUMULATE(into, factors, dot_signed(w->codes[b], load_codes(x, group, b)));
}

EW_INLINE void step_q4_0(const uint8_t* at, const ew_q8_row* x, int tokens, size_t group, partial* into) {
  const ew_group w = ew_group_q4_0(at);
  for (int t = 0; t < tokens; t++) step_unsigned(&w, &x[t], group, &into[t]);
}

EW_INLINE void step_q4_k(const uint8_t* at, const ew_q8_row* x, int tokens, size_t group, partial* into) {
  const ew_group w = ew_group_q4_k(at);
  for (int t = 0; t < tokens; t++) step_unsigned(&w, &x[t], group, &into[t]);
}

EW_INLINE void step_q8_0(const uint8_t* at, const ew_q8_row* x, int tokens, size_t group, partial* into) {
  const ew_group w = ew_group_q8_0(at);
  for (int t = 0; t < tokens; t++) step_signed(&w, &x[t], group, &into[t]);
}

/// The integer scales multiply sums of two products, at most 2 * 63 * 127 = 16,002 in 16 bits; a lane's four products stay
/// below 2^24, and 32 times the sums of codes too.
EW_INLINE __m256i dot_q6_k(__m256i codes, __m256i x, __m256i scales) {
  return _mm256_madd_epi16(_mm256_maddubs_epi16(codes, x), scales);
}

EW_INLINE void step_q6_k(const uint8_t* at, const ew_q8_row* x, int tokens, size_t group, partial* into) {
  __m256i codes[8];
  ew_codes_q6_k(at, codes);
  const __m128i bytes = _mm_loadu_si128((const __m128i*)(at + 192));
  const __m256i ordered = _mm256_cvtepi8_epi16(bytes);
  // Scales of the first halves of the blocks of 32 in the lower lane, of the second halves in the upper one.
  const __m128i split = _mm_shuffle_epi8(bytes, _mm_setr_epi8(0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15));
  const __m256i halves = _mm256_cvtepi8_epi16(split);
  uint16_t bits;
  memcpy(&bits, at + 208, 2);
  const __m256 scale = _mm256_set1_ps(_cvtsh_ss(bits));
  for (int t = 0; t < tokens; t++) {
    const __m256 factors = _mm256_mul_ps(scale, _mm256_load_ps(x[t].scales + 8 * group));
    const __m256i sums = _mm256_loadu_si256((const __m256i*)(x[t].sums + 16 * group));
    const __m256i offsets = _mm256_slli_epi32(_mm256_madd_epi16(ordered, sums), 5);
    into[t].offsets = _mm256_fmadd_ps(factors, _mm256_cvtepi32_ps(offsets), into[t].offsets);
    ACCUMULATE(&into[t], factors,
               dot_q6_k(codes[b], load_codes(&x[t], group, b),
                        _mm256_shuffle_epi8(halves, _mm256_set1_epi16((short)(2 * b | (2 * b + 1) << 8)))));
  }
}

EW_ROWS(q4_0, 144, step_q4_0)
EW_ROWS(q8_0, 272, step_q8_0)
EW_ROWS(q4_k, 144, step_q4_k)
EW_ROWS(q6_k, 210, step_q6_k)
