#include "strips.h"
#include "codec.h"
#include <string.h>

typedef void multiplier(const ew_product* product);

#define EW_STRIPS(format, tier) multiplier ew_product_##format##_strips__##tier;
#include "strips.inc"
#undef EW_STRIPS

static multiplier* const table[EW_TIER_COUNT][EW_FORMAT_COUNT] = {
#define EW_STRIPS(format, tier) [EW_TIER_##tier][EW_FORMAT_##format] = ew_product_##format##_strips__##tier,
#include "strips.inc"
#undef EW_STRIPS
};

/// A section of a strip: `count` elements of `size` bytes from `offset` of each of a row's blocks.
typedef struct {
  uint8_t offset, size, count, flip;
} section;

/// What 256 columns of a row have; a format whose blocks have fewer columns may end with fewer blocks.
typedef struct {
  uint16_t block_bytes, block_columns;
  section sections[52];
} layout;

/// Upper bits and the two words of lower bits that belong to them.
#define EW_Q6_K_WORDS(h, i) {128 + 32 * h + 4 * i, 4, 1, 0}, {64 * h + 4 * i, 4, 1, 0}, {64 * h + 32 + 4 * i, 4, 1, 0}
#define EW_Q6_K_HALF(h)                                                                                                \
  EW_Q6_K_WORDS(h, 0), EW_Q6_K_WORDS(h, 1), EW_Q6_K_WORDS(h, 2), EW_Q6_K_WORDS(h, 3), EW_Q6_K_WORDS(h, 4),             \
      EW_Q6_K_WORDS(h, 5), EW_Q6_K_WORDS(h, 6), EW_Q6_K_WORDS(h, 7)

static const layout layouts[EW_FORMAT_COUNT] = {
    [EW_FORMAT_f16] = {2, 1, {{0, 2, 1, 0}}},
    [EW_FORMAT_bf16] = {2, 1, {{0, 2, 1, 0}}},
    [EW_FORMAT_q4_0] = {18, 32, {{0, 2, 1, 0}, {2, 4, 4, 0}}},
    [EW_FORMAT_q8_0] = {34, 32, {{0, 2, 1, 0}, {2, 4, 8, 0x80}}},
    [EW_FORMAT_q4_k] = {144, 256, {{0, 2, 2, 0}, {4, 4, 3, 0}, {16, 4, 32, 0}}},
    [EW_FORMAT_q5_k] = {176, 256, {{0, 2, 2, 0}, {4, 4, 3, 0}, {16, 4, 8, 0}, {48, 4, 32, 0}}},
    [EW_FORMAT_q6_k] = {210, 256, {{208, 2, 1, 0}, {192, 4, 4, 0}, EW_Q6_K_HALF(0), EW_Q6_K_HALF(1)}},
};

bool ew_strips_supported(ew_tier tier, int format) {
  return format >= 0 && format < EW_FORMAT_COUNT && table[tier][format];
}

bool ew_strips_run(ew_tier tier, int format, const ew_product* product) {
  if (!ew_strips_supported(tier, format)) return false;
  table[tier][format](product);
  return true;
}

/// Calls `each` for all elements of a strip, in the strip's order: `at` is where the element of row 0 lies in that row.
#define EW_EACH_ELEMENT(format, columns, at, part, each)                                                               \
  const layout* l = &layouts[format];                                                                                  \
  const size_t in_group = 256 / l->block_columns, all_blocks = (columns) / l->block_columns;                           \
  for (size_t first = 0; first < all_blocks; first += in_group) {                                                      \
    const size_t blocks = all_blocks - first < in_group ? all_blocks - first : in_group;                               \
    for (const section* part = l->sections; part->size; part++)                                                        \
      for (size_t block = first; block < first + blocks; block++)                                                      \
        for (size_t element = 0; element < part->count; element++) {                                                   \
          const size_t at = block * l->block_bytes + part->offset + element * part->size;                              \
          each                                                                                                         \
        }                                                                                                              \
  }

static bool has_layout(int format) { return format >= 0 && format < EW_FORMAT_COUNT && layouts[format].block_bytes; }

static size_t bytes_of_row(int format, size_t columns) {
  return columns / layouts[format].block_columns * layouts[format].block_bytes;
}

bool ew_strip_weave(int format, const void* rows, size_t columns, void* strip) {
  if (!has_layout(format)) return false;
  const size_t row_bytes = bytes_of_row(format, columns);
  const char* from = rows;
  char* to = strip;
  EW_EACH_ELEMENT(format, columns, at, part, {
    const char* word = from + at;
    if (part->size == 2) {
      for (int row = 0; row < EW_STRIP_ROWS; row++, word += row_bytes, to += 2) memcpy(to, word, 2);
    } else {
      const uint32_t flips = part->flip * 0x01010101u;
      for (int row = 0; row < EW_STRIP_ROWS; row++, word += row_bytes, to += 4) {
        uint32_t bytes;
        memcpy(&bytes, word, 4);
        bytes ^= flips;
        memcpy(to, &bytes, 4);
      }
    }
  })
  return true;
}

bool ew_strip_row(int format, const void* strip, size_t columns, size_t row, void* out) {
  if (!has_layout(format) || row >= EW_STRIP_ROWS) return false;
  const char* from = strip;
  char* to = out;
  EW_EACH_ELEMENT(format, columns, at, part, {
    for (int byte = 0; byte < part->size; byte++) to[at + byte] = (char)(from[row * part->size + byte] ^ part->flip);
    from += EW_STRIP_ROWS * part->size;
  })
  return true;
}
