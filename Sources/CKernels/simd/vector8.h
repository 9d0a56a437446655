#pragma once
#include "../codec/half.h"
#include <stddef.h>

// Every function over these vectors is inlined, so that how one would be passed does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

/// Eight f32 numbers: one register with AVX, two with SSE or NEON; the compiler does the splitting.
typedef float ew_float8 __attribute__((ext_vector_type(8), aligned(4)));

static inline __attribute__((always_inline)) ew_float8 ew_load8(const float* at) { return *(const ew_float8*)at; }
static inline __attribute__((always_inline)) void ew_store8(float* at, ew_float8 value) { *(ew_float8*)at = value; }

static inline __attribute__((always_inline)) float ew_total8(ew_float8 v) {
  return ((v[0] + v[4]) + (v[1] + v[5])) + ((v[2] + v[6]) + (v[3] + v[7]));
}
