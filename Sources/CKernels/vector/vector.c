#include "vector.h"

typedef void rms_norm(const float* x, const float* weight, size_t count, float epsilon, float* out);
typedef void rope(float* x, size_t heads, size_t head_size, size_t rotated, const float* cosines, const float* sines,
                  bool interleaved);
typedef void silu_multiply(const float* gate, const float* up, size_t count, float* out);
typedef void add(float* x, const float* y, size_t count);
typedef void add_scaled(float* x, const float* y, float factor, size_t count);
typedef void scale(float* x, float factor, size_t count);
typedef void softmax(float* x, size_t count);
typedef size_t argmax(const float* x, size_t count);

#define EW_VECTOR(tier)                                                                                                \
  rms_norm ew_rms_norm__##tier;                                                                                        \
  rope ew_rope__##tier;                                                                                                \
  silu_multiply ew_silu_multiply__##tier;                                                                              \
  silu_multiply ew_gelu_multiply__##tier;                                                                              \
  silu_multiply ew_swiglu_clamped__##tier;                                                                             \
  add ew_add__##tier;                                                                                                  \
  add_scaled ew_add_scaled__##tier;                                                                                    \
  scale ew_scale__##tier;                                                                                              \
  scale ew_soft_cap__##tier;                                                                                           \
  softmax ew_softmax__##tier;                                                                                          \
  argmax ew_argmax__##tier;
#include "vector.inc"
#undef EW_VECTOR

typedef struct {
  rms_norm* rms_norm;
  rope* rope;
  silu_multiply* silu_multiply;
  silu_multiply* gelu_multiply;
  silu_multiply* swiglu_clamped;
  add* add;
  add_scaled* add_scaled;
  scale* scale;
  scale* soft_cap;
  softmax* softmax;
  argmax* argmax;
} operations;

static const operations table[EW_TIER_COUNT] = {
#define EW_VECTOR(tier)                                                                                                \
  [EW_TIER_##tier] = {ew_rms_norm__##tier,       ew_rope__##tier, ew_silu_multiply__##tier, ew_gelu_multiply__##tier,    \
                      ew_swiglu_clamped__##tier, ew_add__##tier,  ew_add_scaled__##tier,    ew_scale__##tier,            \
                      ew_soft_cap__##tier,       ew_softmax__##tier, ew_argmax__##tier},
#include "vector.inc"
};

static const operations* operations_of(ew_tier tier) {
  while (!table[tier].add) tier = ew_tier_fallback(tier);
  return &table[tier];
}

void ew_rms_norm(ew_tier tier, const float* x, const float* weight, size_t count, float epsilon, float* out) {
  operations_of(tier)->rms_norm(x, weight, count, epsilon, out);
}

void ew_rope(ew_tier tier, float* x, size_t heads, size_t head_size, size_t rotated, const float* cosines,
             const float* sines, bool interleaved) {
  operations_of(tier)->rope(x, heads, head_size, rotated, cosines, sines, interleaved);
}

void ew_silu_multiply(ew_tier tier, const float* gate, const float* up, size_t count, float* out) {
  operations_of(tier)->silu_multiply(gate, up, count, out);
}

void ew_gelu_multiply(ew_tier tier, const float* gate, const float* up, size_t count, float* out) {
  operations_of(tier)->gelu_multiply(gate, up, count, out);
}

void ew_swiglu_clamped(ew_tier tier, const float* gate, const float* up, size_t count, float* out) {
  operations_of(tier)->swiglu_clamped(gate, up, count, out);
}

void ew_add(ew_tier tier, float* x, const float* y, size_t count) { operations_of(tier)->add(x, y, count); }

void ew_add_scaled(ew_tier tier, float* x, const float* y, float factor, size_t count) {
  operations_of(tier)->add_scaled(x, y, factor, count);
}

void ew_scale(ew_tier tier, float* x, float factor, size_t count) { operations_of(tier)->scale(x, factor, count); }

void ew_soft_cap(ew_tier tier, float* x, float cap, size_t count) { operations_of(tier)->soft_cap(x, cap, count); }

void ew_softmax(ew_tier tier, float* x, size_t count) { operations_of(tier)->softmax(x, count); }

size_t ew_argmax(ew_tier tier, const float* x, size_t count) { return operations_of(tier)->argmax(x, count); }
