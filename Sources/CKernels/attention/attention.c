#include "attention.h"
#include "../simd/exp.h"
#include "CKernels.h"
#include <math.h>

typedef void attender(const ew_attention* attention);
typedef void storer(int format, size_t head_size, const float* key, const float* value, size_t position, void* keys,
                    void* values);

#define EW_ATTENTION(tier)                                                                                             \
  attender ew_attend__##tier;                                                                                          \
  storer ew_cache_store__##tier;
#include "attention.inc"
#undef EW_ATTENTION

typedef struct {
  attender* attend;
  storer* store;
} operations;

static const operations table[EW_TIER_COUNT] = {
#define EW_ATTENTION(tier) [EW_TIER_##tier] = {ew_attend__##tier, ew_cache_store__##tier},
#include "attention.inc"
};

static const operations* operations_of(ew_tier tier) {
  while (!table[tier].attend) tier = ew_tier_fallback(tier);
  return &table[tier];
}

size_t ew_cache_page_bytes(int format, size_t head_size) {
  switch (format) {
  case EW_FORMAT_f16:
    return EW_CACHE_PAGE * head_size * 2;
  case EW_FORMAT_q8_0:
    return EW_CACHE_PAGE * (head_size + head_size / 32 * 2);
  case EW_FORMAT_q4_0:
    return EW_CACHE_PAGE * (head_size / 2 + head_size / 32 * 2);
  default:
    return 0;
  }
}

void ew_cache_store(ew_tier tier, int format, size_t head_size, const float* key, const float* value, size_t position,
                    void* keys, void* values) {
  operations_of(tier)->store(format, head_size, key, value, position, keys, values);
}

void ew_attend(ew_tier tier, const ew_attention* attention) { operations_of(tier)->attend(attention); }

void ew_attend_join(size_t parts, const float* sums, size_t stride, const float* largest, const float* total, float sink,
                    size_t size, float* out) {
  float highest = sink;
  for (size_t part = 0; part < parts; part++) highest = largest[part] > highest ? largest[part] : highest;
  float weight = sink == -INFINITY ? 0 : ew_exp(sink - highest);
  for (size_t part = 0; part < parts; part++)
    if (largest[part] != -INFINITY) weight += total[part] * ew_exp(largest[part] - highest);
  const float inverse = 1 / weight;
  for (size_t part = 0; part < parts; part++) {
    const float factor = largest[part] == -INFINITY ? 0 : ew_exp(largest[part] - highest) * inverse;
    const float* from = sums + part * stride;
    // The first part may lie where the result goes.
    if (part == 0)
      for (size_t i = 0; i < size; i++) out[i] = from[i] * factor;
    else
      for (size_t i = 0; i < size; i++) out[i] += from[i] * factor;
  }
}
