#pragma once
// The loop over rows and tokens of products of few tokens. The including file has a type `partial` of one row's and token's sums
// that begin at zero, `EW_TOTAL(partial)`, and for each format a `step` that adds 256 columns of `tokens` tokens.

/// Multiplies rows with `count` tokens, a constant where it is inlined. The blocks after the last full group are copied to one
/// that is filled up with zeros.
#define EW_ROWS(format, group_bytes, step)                                                                             \
  EW_INLINE void rows_of_##format(const ew_product* p, size_t token, int count) {                                      \
    const size_t groups = p->columns / 256, rest = p->columns / 32 % 8;                                                \
    ew_q8_row x[4];                                                                                                    \
    for (int t = 0; t < count; t++)                                                                                    \
      x[t] = ew_q8_row_at((const char*)p->activations + (token + t) * p->token_bytes, p->columns);                     \
    for (size_t row = p->row_begin; row < p->row_end; row++) {                                                         \
      const uint8_t* at = (const uint8_t*)p->weights + row * p->row_bytes;                                             \
      partial into[4];                                                                                                 \
      for (int t = 0; t < count; t++)                                                                                  \
        into[t] = (partial){0};                                                                                        \
      for (size_t group = 0; group < groups; group++, at += group_bytes) step(at, x, count, group, into);              \
      if (rest) {                                                                                                      \
        uint8_t filled[group_bytes] = {0};                                                                             \
        memcpy(filled, at, rest * (group_bytes / 8));                                                                  \
        step(filled, x, count, groups, into);                                                                          \
      }                                                                                                                \
      for (int t = 0; t < count; t++)                                                                                  \
        p->out[(token + t) * p->out_stride + row] = EW_TOTAL(into[t]);                                                 \
    }                                                                                                                  \
  }                                                                                                                    \
  static void rows_##format(const ew_product* p) {                                                                     \
    size_t token = p->token_begin;                                                                                     \
    for (; token + 4 <= p->token_end; token += 4) rows_of_##format(p, token, 4);                                       \
    if (token + 2 <= p->token_end) {                                                                                   \
      rows_of_##format(p, token, 2);                                                                                   \
      token += 2;                                                                                                      \
    }                                                                                                                  \
    if (token < p->token_end) rows_of_##format(p, token, 1);                                                           \
  }
