// The operations of vector.h, compiled once per tier; the including file defines EW_TIER_NAME. Sums run in 32 lanes, which
// fixes their order and lets them vectorize; their total is taken in double.
#include "../codec/half.h"
#include "../simd/exp.h"
#include "../simd/name.h"
#include "CKernels.h"
#include <math.h>

enum { LANES = 32 };

/// A loop whose rounds do not depend on each other, although what is written may be an input of the same round.
#define EACH(i, count) _Pragma("clang loop vectorize(assume_safety)") for (size_t i = 0; i < (count); i++)

static double lane_total(const float lanes[LANES]) {
  double total = 0;
  for (int i = 0; i < LANES; i++) total += lanes[i];
  return total;
}

void EW_NAME(ew_rms_norm)(const float* x, const float* weight, size_t count, float epsilon, float* out) {
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (int lane = 0; lane < LANES; lane++) lanes[lane] += x[i + lane] * x[i + lane];
  for (; i < count; i++) lanes[i % LANES] += x[i] * x[i];
  const float scale = (float)(1 / sqrt(lane_total(lanes) / (double)count + (double)epsilon));
  EACH(j, count) out[j] = x[j] * scale * weight[j];
}

void EW_NAME(ew_rope)(float* x, size_t heads, size_t head_size, size_t rotated, const float* restrict cosines,
                      const float* restrict sines, bool interleaved) {
  const size_t pairs = rotated / 2;
  for (size_t head = 0; head < heads; head++, x += head_size) {
    if (interleaved) {
      EACH(i, pairs) {
        const float a = x[2 * i], b = x[2 * i + 1];
        x[2 * i] = a * cosines[i] - b * sines[i];
        x[2 * i + 1] = a * sines[i] + b * cosines[i];
      }
    } else {
      EACH(i, pairs) {
        const float a = x[i], b = x[i + pairs];
        x[i] = a * cosines[i] - b * sines[i];
        x[i + pairs] = a * sines[i] + b * cosines[i];
      }
    }
  }
}

void EW_NAME(ew_silu_multiply)(const float* gate, const float* up, size_t count, float* out) {
  EACH(i, count) out[i] = gate[i] / (1 + ew_exp(-gate[i])) * up[i];
}

void EW_NAME(ew_gelu_multiply)(const float* gate, const float* up, size_t count, float* out) {
  EACH(i, count) {
    // -2 sqrt(2 / pi) = -0x1.988454p0, and that times 0.044715 = -0x1.2444f2p-4.
    const float exponent = gate[i] * (-0x1.988454p0f - 0x1.2444f2p-4f * gate[i] * gate[i]);
    out[i] = gate[i] / (1 + ew_exp(exponent)) * up[i];
  }
}

void EW_NAME(ew_swiglu_clamped)(const float* gate, const float* up, size_t count, float* out) {
  EACH(i, count) {
    const float g = gate[i] > 7 ? 7 : gate[i];
    float v = up[i] > 7 ? 7 : up[i];
    v = v < -7 ? -7 : v;
    // The differences are 0, or not a number where a limit would hide infinity.
    out[i] = g / (1 + ew_exp(-1.702f * g)) * (v + 1) + ((gate[i] - gate[i]) + (up[i] - up[i]));
  }
}

void EW_NAME(ew_add_scaled)(float* x, const float* y, float factor, size_t count) {
  EACH(i, count) x[i] += factor * y[i];
}

void EW_NAME(ew_scale)(float* x, float factor, size_t count) {
  EACH(i, count) x[i] *= factor;
}

void EW_NAME(ew_soft_cap)(float* x, float cap, size_t count) {
  const float inverse = 1 / cap;
  EACH(i, count) {
    const float y = x[i] * inverse;
    const float magnitude = y < 0 ? -y : y;
    // Where 1 - e^-2|y| would cancel, the series of tanh up to the ninth power: the next term is below 2^-26 of the value.
    const float square = y * y;
    float series = 62.0f / 2835;
    series = series * square - 17.0f / 315;
    series = series * square + 2.0f / 15;
    series = series * square - 1.0f / 3;
    series = y + y * square * series;
    const float power = ew_exp(-2 * magnitude);
    const float quotient = (1 - power) / (1 + power);
    const float tangent = y < 0 ? -quotient : quotient;
    // The difference is 0, or not a number where the cap would hide infinity.
    x[i] = cap * (magnitude < 0.25f ? series : tangent) + (x[i] - x[i]);
  }
}

void EW_NAME(ew_add)(float* x, const float* y, size_t count) {
  EACH(i, count) x[i] += y[i];
}

static float largest_of(const float* x, size_t count) {
  float lanes[LANES];
  for (int lane = 0; lane < LANES; lane++) lanes[lane] = -INFINITY;
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (int lane = 0; lane < LANES; lane++) lanes[lane] = x[i + lane] > lanes[lane] ? x[i + lane] : lanes[lane];
  for (; i < count; i++) lanes[0] = x[i] > lanes[0] ? x[i] : lanes[0];
  float largest = lanes[0];
  for (int lane = 1; lane < LANES; lane++) largest = lanes[lane] > largest ? lanes[lane] : largest;
  return largest;
}

void EW_NAME(ew_softmax)(float* x, size_t count) {
  const float largest = largest_of(x, count);
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (int lane = 0; lane < LANES; lane++) lanes[lane] += x[i + lane] = ew_exp(x[i + lane] - largest);
  for (; i < count; i++) lanes[i % LANES] += x[i] = ew_exp(x[i] - largest);
  const float inverse = (float)(1 / lane_total(lanes));
  for (i = 0; i < count; i++) x[i] *= inverse;
}

size_t EW_NAME(ew_argmax)(const float* x, size_t count) {
  const float largest = largest_of(x, count);
  for (size_t i = 0; i < count; i++)
    if (x[i] == largest) return i;
  return 0;
}
