#pragma once
#include "tier.h"
#include <stdbool.h>
#include <stddef.h>

// Operations on f32 vectors. No alignment needed; `out` may be an input, not overlap one otherwise. u = 2^-24.
// Finite inputs are assumed; others give unspecified values.

/// out[i] = x[i] * weight[i] / sqrt(mean(x^2) + epsilon). Relative error at most (count / 16 + 12) u.
void ew_rms_norm(ew_tier tier, const float* x, const float* weight, size_t count, float epsilon, float* out);

/// Rotates pairs of each of `heads` vectors of `head_size` values in place by the angles whose cosines and sines are given
/// (rotated / 2 of each). Pairs are (2i, 2i + 1) when `interleaved`, else (i, i + rotated / 2); values from `rotated` on stay.
/// Error of a value at most 3 u times the length of its pair.
void ew_rope(ew_tier tier, float* x, size_t heads, size_t head_size, size_t rotated, const float* cosines,
             const float* sines, bool interleaved);

/// out[i] = gate[i] / (1 + exp(-gate[i])) * up[i]. Relative error at most 16 u plus 1e-37 absolute times |up|.
void ew_silu_multiply(ew_tier tier, const float* gate, const float* up, size_t count, float* out);

/// out[i] = gate[i] / (1 + exp(-2 z)) * up[i] with z = sqrt(2 / pi) * (gate[i] + 0.044715 * gate[i]^3): GELU by tanh, whose half
/// sum with 1 that is. Relative error at most (16 + 16 |z|) u plus 1e-37 absolute times |gate * up|, for |gate| below 1e12.
void ew_gelu_multiply(ew_tier tier, const float* gate, const float* up, size_t count, float* out);

/// out[i] = g / (1 + exp(-1.702 g)) * (v + 1) with g = min(gate[i], 7) and v = up[i] held within -7...7: gpt-oss's SwiGLU.
/// Relative error at most (16 + 4 |g|) u of g / (1 + exp(-1.702 g)) * (|v| + 1), plus 1e-37 absolute times |g| (|v| + 1). What is not
/// finite gives not-a-number.
void ew_swiglu_clamped(ew_tier tier, const float* gate, const float* up, size_t count, float* out);

/// x[i] += y[i]. Correctly rounded.
void ew_add(ew_tier tier, float* x, const float* y, size_t count);

/// x[i] += factor * y[i]. Error at most 2 u (|x| + |factor * y|).
void ew_add_scaled(ew_tier tier, float* x, const float* y, float factor, size_t count);

/// x[i] *= factor. Correctly rounded.
void ew_scale(ew_tier tier, float* x, float factor, size_t count);

/// x[i] = cap * tanh(x[i] / cap), cap above 0. Relative error at most 24 u. What is not finite gives
/// not-a-number.
void ew_soft_cap(ew_tier tier, float* x, float cap, size_t count);

/// x[i] = exp(x[i] - max x) / sum of the same. Relative error at most (count / 16 + 24) u for values above e^-80.
void ew_softmax(ew_tier tier, float* x, size_t count);

/// The index of the first largest value; not-a-number never wins; 0 when all are. `count` is at least 1.
size_t ew_argmax(ew_tier tier, const float* x, size_t count);
