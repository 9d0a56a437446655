#pragma once
#include "../codec/half.h"
#include <stddef.h>

// Every function over these vectors is inlined, so that how one would be passed does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

/// Eight f32 numbers: one register with AVX, two with SSE or NEON; the compiler does the splitting.
typedef float ew_float8 __attribute__((ext_vector_type(8), aligned(4)));

static inline __attribute__((always_inline)) ew_float8 ew_load8(const float* at) { return *(const ew_float8*)at; }
static inline __attribute__((always_inline)) void ew_store8(float* at, ew_float8 value) { *(ew_float8*)at = value; }

/// The totals of eight vectors, each in the lane of its number.
static inline __attribute__((always_inline)) ew_float8 ew_totals8(const ew_float8 v[8]) {
  ew_float8 pairs[4], fours[2];
  for (int i = 0; i < 4; i++)
    pairs[i] = __builtin_shufflevector(v[2 * i], v[2 * i + 1], 0, 8, 2, 10, 4, 12, 6, 14) +
               __builtin_shufflevector(v[2 * i], v[2 * i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  for (int i = 0; i < 2; i++)
    fours[i] = __builtin_shufflevector(pairs[2 * i], pairs[2 * i + 1], 0, 1, 8, 9, 4, 5, 12, 13) +
               __builtin_shufflevector(pairs[2 * i], pairs[2 * i + 1], 2, 3, 10, 11, 6, 7, 14, 15);
  return __builtin_shufflevector(fours[0], fours[1], 0, 1, 2, 3, 8, 9, 10, 11) +
         __builtin_shufflevector(fours[0], fours[1], 4, 5, 6, 7, 12, 13, 14, 15);
}
