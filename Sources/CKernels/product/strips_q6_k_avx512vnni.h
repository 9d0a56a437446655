// Products of strips of Q6_K, whose words of upper bits belong to four blocks at once; the last part of strips_avx512vnni.h.

/// Sixteen signed scales.
EW_INLINE void strip_factors_q6_k(const uint8_t* group, size_t, wide_panel* out) {
  for (int half = 0; half < 2; half++) {
    const __m512 scale = _mm512_cvtph_ps(_mm256_load_si256((const __m256i*)(group + 32 * half)));
    for (int word = 0; word < 4; word++) {
      const __m512i bytes = strip_word(group + 64, word, half);
#pragma clang loop unroll(full)
      for (int i = 0; i < 4; i++)
        _mm512_store_ps(
            &out->scales[4 * word + i][16 * half],
            _mm512_mul_ps(scale, _mm512_cvtepi32_ps(_mm512_srai_epi32(_mm512_slli_epi32(bytes, 24 - 8 * i), 24))));
    }
  }
}

/// The codes of columns 4 k ... 4 k + 3 of four blocks, (block, half): the same word of upper bits completes them. All words are
/// loaded in the order of memory, which the hardware's prefetching depends on.
EW_INLINE void strip_codes_q6_k(const uint8_t* words, __m512i codes[4][2]) {
  const __m512i four = _mm512_set1_epi8(15), six = _mm512_set1_epi8(63);
  __m512i loaded[3][2];
#pragma clang loop unroll(full)
  for (int i = 0; i < 3; i++)
    for (int half = 0; half < 2; half++) loaded[i][half] = strip_word(words, (size_t)i, half);
#pragma clang loop unroll(full)
  for (int half = 0; half < 2; half++) {
    const __m512i bits = loaded[0][half], first = loaded[1][half], second = loaded[2][half];
    codes[0][half] = _mm512_and_si512(merged(first, _mm512_slli_epi16(bits, 4), four), six);
    codes[1][half] = _mm512_and_si512(merged(second, _mm512_slli_epi16(bits, 2), four), six);
    codes[2][half] = _mm512_and_si512(merged(_mm512_srli_epi16(first, 4), bits, four), six);
    codes[3][half] = _mm512_and_si512(merged(_mm512_srli_epi16(second, 4), _mm512_srli_epi16(bits, 2), four), six);
  }
}

/// The words of blocks `b` ... `b` + 3 for columns 4 k ... 4 k + 3 in a group of Q6_K.
EW_INLINE const uint8_t* strip_words_q6_k(const uint8_t* group, int b, int k) {
  return group + 576 + 384 * (2 * b + k);
}

/// One or two tokens, with four blocks at a time, so that memory is read in its order while products are added.
EW_INLINE void strip_rows_of_q6_k(const ew_product* p, size_t row, size_t token, int count) {
  wide_panel factors;
  const ew_q8_group* x[STRIP_TILE];
  __m512 sums[2][STRIP_TILE];
  tokens_at(p, token, count, x);
  no_sums(count, sums);
  for (size_t group = 0; group < p->columns / 256; group++) {
    const uint8_t* at = strip_group(p, row, group, 210);
    strip_factors_q6_k(at, 8, &factors);
    for (int i = 0; i < 9; i++) _mm_prefetch((const char*)at + STRIP_AHEAD + 64 * i, _MM_HINT_T1);
#pragma clang loop unroll(disable)
    for (int b = 0; b < 8; b += 4) {
#pragma clang loop unroll(disable)
      for (int part = 0; part < 2; part++) {
        __m512i dots[4][2][2];
        for (int i = 0; i < 4; i++)
          for (int t = 0; t < count; t++)
            dots[i][0][t] = dots[i][1][t] = _mm512_set1_epi32(32 * x[t]->halves[2 * (b + i) + part]);
#pragma clang loop unroll(disable)
        for (int k = 4 * part; k < 4 * part + 4; k++) {
          __m512i codes[4][2];
          const uint8_t* words = strip_words_q6_k(at, b, k);
          for (int i = 0; i < 6; i++) _mm_prefetch((const char*)words + STRIP_AHEAD + 64 * i, _MM_HINT_T1);
          strip_codes_q6_k(words, codes);
          for (int i = 0; i < 4; i++)
            for (int t = 0; t < count; t++) {
              const __m512i four = four_codes(x[t], (size_t)(b + i), k);
              for (int half = 0; half < 2; half++)
                dots[i][half][t] = _mm512_dpbusd_epi32(dots[i][half][t], codes[i][half], four);
            }
        }
        for (int i = 0; i < 4; i++)
          for (int half = 0; half < 2; half++) {
            const __m512 scales = _mm512_load_ps(&factors.scales[2 * (b + i) + part][16 * half]);
            for (int t = 0; t < count; t++)
              sums[half][t] = _mm512_fmadd_ps(stepped(dots[i][half][t], x[t]->steps[b + i]), scales, sums[half][t]);
          }
      }
    }
    for (int t = 0; t < count; t++) x[t]++;
  }
  tokens_at(p, token, count, x);
  put_sums(p, row, token, count, x, true, sums);
}

EW_STRIP_ROWS_BY(q6_k, 2)

static strip_source fill_q6_k_strips(const ew_product* p, size_t row, size_t group, size_t blocks, wide_panel* out) {
  const uint8_t* at = strip_group(p, row, group, 210);
  strip_factors_q6_k(at, blocks, out);
#pragma clang loop unroll(disable)
  for (int b = 0; b < 8; b += 4)
#pragma clang loop unroll(disable)
    for (int k = 0; k < 8; k++) {
      __m512i codes[4][2];
      strip_codes_q6_k(strip_words_q6_k(at, b, k), codes);
      for (int i = 0; i < 4; i++)
        for (int half = 0; half < 2; half++) put(out, half, b + i, k, codes[i][half]);
    }
  return (strip_source){out, at, blocks};
}

EW_STRIPS_UNPACKED(q6_k, 210)
