#pragma once
// The loop of products of many tokens over tokens, rows and groups of 256 columns, whatever a panel holds. For each format the
// including file has rows_FORMAT for few tokens, fill_FORMAT, which unpacks a group of `lanes` rows into a `panel`, and tile_FORMAT,
// which adds the panel's products with up to `tile` tokens to their sums.
#include "../simd/name.h"
#include "CKernels.h"
#include <string.h>

/// Tokens whose sums are kept at a time.
enum { PANEL_TOKENS = 256 };

#define EW_PANEL_LOOP(format, panel, lanes, tile)                                                                      \
  static void panels_##format(const ew_product* p) {                                                                   \
    const size_t all_blocks = p->columns / 32;                                                                         \
    panel unpacked;                                                                                                    \
    float sums[PANEL_TOKENS][lanes] __attribute__((aligned(64)));                                                      \
    for (size_t token = p->token_begin; token < p->token_end; token += PANEL_TOKENS) {                                 \
      const size_t left = p->token_end - token, tokens = left < PANEL_TOKENS ? left : PANEL_TOKENS;                    \
      const char* activations = (const char*)p->activations + token * p->token_bytes;                                  \
      for (size_t row = p->row_begin; row < p->row_end; row += lanes) {                                                \
        memset(sums, 0, tokens * sizeof sums[0]);                                                                      \
        for (size_t block = 0; block < all_blocks; block += 8) {                                                       \
          const size_t blocks = all_blocks - block < 8 ? all_blocks - block : 8;                                       \
          fill_##format(p, row, block / 8, blocks, &unpacked);                                                         \
          for (size_t t = 0; t < tokens; t += tile)                                                                    \
            tile_##format(&unpacked, activations + t * p->token_bytes, p, tokens - t < tile ? tokens - t : tile,       \
                          block, blocks, sums + t);                                                                    \
        }                                                                                                              \
        const size_t rows = p->row_end - row < lanes ? p->row_end - row : lanes;                                       \
        for (size_t t = 0; t < tokens; t++) {                                                                          \
          float* out = p->out + (token + t) * p->out_stride + row;                                                     \
          /* Of a size that is known, so that most copies are two stores and no call. */                               \
          if (rows == lanes)                                                                                           \
            memcpy(out, sums[t], sizeof sums[t]);                                                                      \
          else                                                                                                         \
            memcpy(out, sums[t], rows * sizeof(float));                                                                \
        }                                                                                                              \
      }                                                                                                                \
    }                                                                                                                  \
  }                                                                                                                    \
  void EW_NAME(ew_product_##format)(const ew_product* p) {                                                             \
    if (p->token_end - p->token_begin < EW_PANEL_TOKENS)                                                               \
      rows_##format(p);                                                                                                \
    else                                                                                                               \
      panels_##format(p);                                                                                              \
  }
