// Products of strips of F16 with f32 activations and of BF16 with those in BF16: a line of memory has one column of 32
// rows. Tiles of up to eight tokens pass over it; the sums of 256 columns begin at zero and are added to the token's.
#include "../simd/name.h"
#include "CKernels.h"
#include <immintrin.h>
#include <string.h>

enum { FLOAT_STRIP_COLUMNS = 256, FLOAT_STRIP_TOKENS = 256, FLOAT_STRIP_TILE = 8 };

#define EW_FLOAT_INLINE static inline __attribute__((always_inline))

/// The addresses of some tokens' values, opaque so that they stay in registers.
#define EW_FLOAT_STRIP_BEGIN(type)                                                                                     \
  const type* at[FLOAT_STRIP_TILE];                                                                                    \
  __m512 kept[FLOAT_STRIP_TILE][2];                                                                                    \
  for (int t = 0; t < tokens; t++) {                                                                                   \
    at[t] = (const type*)(x + t * p->token_bytes);                                                                     \
    __asm__("" : "+r"(at[t]));                                                                                         \
    kept[t][0] = kept[t][1] = _mm512_setzero_ps();                                                                     \
  }

EW_FLOAT_INLINE void add_to_sums(float sums[32], __m512 first, __m512 second) {
  _mm512_store_ps(sums, _mm512_add_ps(_mm512_load_ps(sums), first));
  _mm512_store_ps(sums + 16, _mm512_add_ps(_mm512_load_ps(sums + 16), second));
}

/// Weights that are needed next, fetched into the second cache while products are added: at each column `step` bytes
/// further.
typedef struct {
  const char* at;
  size_t step;
} float_ahead;

/// What the tile number `tile` of all `tiles` of `tokens` fetches of the columns that follow `columns` columns at `w`,
/// one group behind the other. One or two tokens only wait for memory, which the hardware then foresees better by
/// itself: they fetch what they have.
EW_FLOAT_INLINE float_ahead float_ahead_of(const uint16_t* w, size_t columns, size_t tokens, size_t tile,
                                           size_t tiles) {
  if (tokens <= 2) return (float_ahead){(const char*)w, 0};
  const size_t step = (64 + tiles - 1) / tiles;
  return (float_ahead){(const char*)(w + columns * EW_STRIP_ROWS) + tile * step * columns, step};
}

EW_FLOAT_INLINE void float_strip_tile_f16(const uint16_t* w, float_ahead ahead, const char* x, const ew_product* p,
                                          int tokens, size_t columns, float (*sums)[32]) {
  EW_FLOAT_STRIP_BEGIN(float)
  for (size_t column = 0; column < columns; column++, w += EW_STRIP_ROWS) {
    _mm_prefetch(ahead.at + column * ahead.step, _MM_HINT_T1);
    const __m512 first = _mm512_cvtph_ps(_mm256_load_si256((const __m256i*)w));
    const __m512 second = _mm512_cvtph_ps(_mm256_load_si256((const __m256i*)(w + 16)));
#pragma clang loop unroll(full)
    for (int t = 0; t < tokens; t++) {
      const __m512 factor = _mm512_set1_ps(at[t][column]);
      kept[t][0] = _mm512_fmadd_ps(first, factor, kept[t][0]);
      kept[t][1] = _mm512_fmadd_ps(second, factor, kept[t][1]);
    }
  }
  for (int t = 0; t < tokens; t++) add_to_sums(sums[t], kept[t][0], kept[t][1]);
}

/// Adds the products of two columns, which share the words of weights and activations: the first has the lower half.
typedef __m512 bf16_pair(__m512 sum, __m512i weights, __m512i activations);

/// With instructions that every CPU of the tier has.
EW_FLOAT_INLINE __m512 bf16_pair_widened(__m512 sum, __m512i weights, __m512i activations) {
  const __m512i upper = _mm512_set1_epi32((int)0xffff0000);
  sum = _mm512_fmadd_ps(_mm512_castsi512_ps(_mm512_slli_epi32(weights, 16)),
                        _mm512_castsi512_ps(_mm512_slli_epi32(activations, 16)), sum);
  return _mm512_fmadd_ps(_mm512_castsi512_ps(_mm512_and_si512(weights, upper)),
                         _mm512_castsi512_ps(_mm512_and_si512(activations, upper)), sum);
}

#define EW_BF16_TARGET                                                                                                 \
  __attribute__((target("avx2,fma,f16c,bmi2,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx512bf16")))

/// With the instruction for it, which takes subnormal numbers for zero.
EW_FLOAT_INLINE EW_BF16_TARGET __m512 bf16_pair_native(__m512 sum, __m512i weights, __m512i activations) {
  return _mm512_dpbf16_ps(sum, (__m512bh)weights, (__m512bh)activations);
}

/// Two columns at a time. Their rows are interleaved within quarters of a register, so that sums come out in the order
/// 0...3, 8...11, 16...19, 24...27 and the rest; an odd last column is paired with nothing.
#define EW_BF16_TILE(kind, target)                                                                                     \
  EW_FLOAT_INLINE target void float_strip_tile_bf16_##kind(const uint16_t* w, float_ahead ahead, const char* x,        \
                                                           const ew_product* p, int tokens, size_t columns,            \
                                                           float (*sums)[32]) {                                        \
    EW_FLOAT_STRIP_BEGIN(uint16_t)                                                                                     \
    for (size_t column = 0; column < columns; column += 2, w += 2 * EW_STRIP_ROWS) {                                   \
      _mm_prefetch(ahead.at + column * ahead.step, _MM_HINT_T1);                                                       \
      _mm_prefetch(ahead.at + (column + 1) * ahead.step, _MM_HINT_T1);                                                 \
      const __m512i even = _mm512_load_si512(w);                                                                       \
      const __m512i odd = column + 1 < columns ? _mm512_load_si512(w + EW_STRIP_ROWS) : _mm512_setzero_si512();        \
      const __m512i first = _mm512_unpacklo_epi16(even, odd), second = _mm512_unpackhi_epi16(even, odd);               \
      _Pragma("clang loop unroll(full)") for (int t = 0; t < tokens; t++) {                                            \
        int pair;                                                                                                      \
        memcpy(&pair, at[t] + column, 4);                                                                              \
        const __m512i factors = _mm512_set1_epi32(pair);                                                               \
        kept[t][0] = bf16_pair_##kind(kept[t][0], first, factors);                                                     \
        kept[t][1] = bf16_pair_##kind(kept[t][1], second, factors);                                                    \
      }                                                                                                                \
    }                                                                                                                  \
    const __m512i low = _mm512_setr_epi32(0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);                     \
    const __m512i high = _mm512_add_epi32(low, _mm512_set1_epi32(8));                                                  \
    for (int t = 0; t < tokens; t++)                                                                                   \
      add_to_sums(sums[t], _mm512_permutex2var_ps(kept[t][0], low, kept[t][1]),                                        \
                  _mm512_permutex2var_ps(kept[t][0], high, kept[t][1]));                                               \
  }

EW_BF16_TILE(widened, )
EW_BF16_TILE(native, EW_BF16_TARGET)

/// The loop over tokens, strips and groups of columns; activations are of `type`.
#define EW_FLOAT_STRIPS(format, type, target)                                                                          \
  target static void float_strips_##format(const ew_product* p) {                                                      \
    float sums[FLOAT_STRIP_TOKENS][32] __attribute__((aligned(64)));                                                   \
    for (size_t token = p->token_begin; token < p->token_end; token += FLOAT_STRIP_TOKENS) {                           \
      const size_t left = p->token_end - token, tokens = left < FLOAT_STRIP_TOKENS ? left : FLOAT_STRIP_TOKENS;        \
      for (size_t row = p->row_begin; row < p->row_end; row += EW_STRIP_ROWS) {                                        \
        const uint16_t* w = (const uint16_t*)((const char*)p->weights + row * p->row_bytes);                           \
        const char* x = (const char*)p->activations + token * p->token_bytes;                                          \
        memset(sums, 0, tokens * sizeof sums[0]);                                                                      \
        for (size_t column = 0; column < p->columns; column += FLOAT_STRIP_COLUMNS) {                                  \
          const size_t rest = p->columns - column;                                                                     \
          const size_t columns = rest < FLOAT_STRIP_COLUMNS ? rest : FLOAT_STRIP_COLUMNS;                              \
          const uint16_t* from = w + column * EW_STRIP_ROWS;                                                           \
          const char* begin = x + column * sizeof(type);                                                               \
          const size_t tiles = tokens / 8 + tokens % 8 / 2 + tokens % 2;                                               \
          size_t t = 0, tile = 0;                                                                                      \
          for (; t + 8 <= tokens; t += 8)                                                                              \
            float_strip_tile_##format(from, float_ahead_of(from, columns, tokens, tile++, tiles),                      \
                                      begin + t * p->token_bytes, p, 8, columns, sums + t);                            \
          for (; t + 2 <= tokens; t += 2)                                                                              \
            float_strip_tile_##format(from, float_ahead_of(from, columns, tokens, tile++, tiles),                      \
                                      begin + t * p->token_bytes, p, 2, columns, sums + t);                            \
          if (t < tokens)                                                                                              \
            float_strip_tile_##format(from, float_ahead_of(from, columns, tokens, tile, tiles),                        \
                                      begin + t * p->token_bytes, p, 1, columns, sums + t);                            \
        }                                                                                                              \
        for (size_t t = 0; t < tokens; t++)                                                                            \
          memcpy(p->out + (token + t) * p->out_stride + row, sums[t], sizeof sums[t]);                                 \
      }                                                                                                                \
    }                                                                                                                  \
  }

EW_FLOAT_STRIPS(f16, float, )
EW_FLOAT_STRIPS(bf16_widened, uint16_t, )
EW_FLOAT_STRIPS(bf16_native, uint16_t, EW_BF16_TARGET)

void EW_NAME(ew_product_f16_strips)(const ew_product* p) { float_strips_f16(p); }

/// Whether the CPU has BF16 instructions. Asked for once: a hypervisor takes many microseconds to answer.
static bool has_bf16(void) {
  enum { UNKNOWN, MISSING, PRESENT };
  static _Atomic int state = UNKNOWN;
  if (state == UNKNOWN) state = ew_cpu_features() & EW_CPU_avx512bf16 ? PRESENT : MISSING;
  return state == PRESENT;
}

void EW_NAME(ew_product_bf16_strips)(const ew_product* p) {
  if (has_bf16() && !p->avoids_bf16_instruction)
    float_strips_bf16_native(p);
  else
    float_strips_bf16_widened(p);
}
