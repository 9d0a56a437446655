#define EW_TIER_NAME scalar
#define EW_BYTES 16
#define EW_CHAINS 10
#if defined(__x86_64__)
#define EW_REGISTER(value) "+x"(value)
#elif defined(__aarch64__)
#define EW_REGISTER(value) "+w"(value)
#else
#define EW_REGISTER(value) "+m"(value)
#endif
#define EW_DOT(sum, a, b) portable_dot(sum, a, b)
#include <stdint.h>

typedef int32_t lanes __attribute__((ext_vector_type(4)));
typedef int8_t codes __attribute__((ext_vector_type(16)));

static inline lanes portable_dot(lanes sum, lanes a, lanes b) {
  const codes x = (codes)a, y = (codes)b;
  for (int i = 0; i < 16; i++) sum[i / 4] += x[i] * y[i];
  return sum;
}

#include "probe_body.h"
