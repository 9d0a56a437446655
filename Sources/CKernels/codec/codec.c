#include "codec.h"
#include "unpack.h"

#define EW_DECODE(name)                                                                                                \
  for (size_t block = 0; block < columns / 32; block++) {                                                              \
    ew_unpacked unpacked;                                                                                              \
    ew_unpack_##name(row, block, &unpacked);                                                                           \
    for (size_t i = 0; i < 32; i++)                                                                                    \
      out[32 * block + i] = unpacked.scale[i / 16] * unpacked.codes[i] - unpacked.minimum[i / 16];                     \
  }                                                                                                                    \
  return true

bool ew_dequantize(int format, const void* row, size_t columns, float* out) {
  switch (format) {
  case EW_FORMAT_f32:
    memcpy(out, row, columns * sizeof(float));
    return true;
  case EW_FORMAT_f16:
    for (size_t i = 0; i < columns; i++) {
      uint16_t bits;
      memcpy(&bits, (const char*)row + 2 * i, 2);
      out[i] = ew_float_from_half(bits);
    }
    return true;
  case EW_FORMAT_bf16:
    for (size_t i = 0; i < columns; i++) {
      uint16_t bits;
      memcpy(&bits, (const char*)row + 2 * i, 2);
      out[i] = ew_float_from_bfloat(bits);
    }
    return true;
  case EW_FORMAT_q4_0:
    EW_DECODE(q4_0);
  case EW_FORMAT_q4_1:
    EW_DECODE(q4_1);
  case EW_FORMAT_q5_0:
    EW_DECODE(q5_0);
  case EW_FORMAT_q5_1:
    EW_DECODE(q5_1);
  case EW_FORMAT_q8_0:
    EW_DECODE(q8_0);
  case EW_FORMAT_q2_k:
    EW_DECODE(q2_k);
  case EW_FORMAT_q3_k:
    EW_DECODE(q3_k);
  case EW_FORMAT_q4_k:
    EW_DECODE(q4_k);
  case EW_FORMAT_q5_k:
    EW_DECODE(q5_k);
  case EW_FORMAT_q6_k:
    EW_DECODE(q6_k);
  case EW_FORMAT_iq4_nl:
    EW_DECODE(iq4_nl);
  case EW_FORMAT_iq4_xs:
    EW_DECODE(iq4_xs);
  case EW_FORMAT_mxfp4:
    EW_DECODE(mxfp4);
  default:
    return false;
  }
}

void ew_f32_from_f16(const uint16_t* in, size_t count, float* out) {
  for (size_t i = 0; i < count; i++) out[i] = ew_float_from_half(in[i]);
}

void ew_f16_from_f32(const float* in, size_t count, uint16_t* out) {
  for (size_t i = 0; i < count; i++) out[i] = ew_half_from_float(in[i]);
}
