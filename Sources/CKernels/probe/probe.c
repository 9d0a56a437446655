#include "probe.h"

typedef uint64_t reader(const void* buffer, size_t bytes);
typedef uint64_t calculator(size_t rounds);

#define EW_PROBE(tier)                                                                                                 \
  reader ew_probe_read__##tier;                                                                                        \
  calculator ew_probe_int8__##tier;                                                                                    \
  calculator ew_probe_f32__##tier;
#include "probe.inc"
#undef EW_PROBE

static const struct {
  reader* read;
  calculator* int8;
  calculator* f32;
} table[EW_TIER_COUNT] = {
#define EW_PROBE(tier) [EW_TIER_##tier] = {ew_probe_read__##tier, ew_probe_int8__##tier, ew_probe_f32__##tier},
#include "probe.inc"
};

static ew_tier resolved(ew_tier tier) {
  while (!table[tier].read) tier = ew_tier_fallback(tier);
  return tier;
}

uint64_t ew_probe_read(ew_tier tier, const void* buffer, size_t bytes) {
  return table[resolved(tier)].read(buffer, bytes);
}

uint64_t ew_probe_int8(ew_tier tier, size_t rounds) { return table[resolved(tier)].int8(rounds); }

uint64_t ew_probe_f32(ew_tier tier, size_t rounds) { return table[resolved(tier)].f32(rounds); }
