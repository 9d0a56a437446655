#pragma once
#include <stddef.h>

/// The fact files of `Sources/Knowledge/Facts`, byte for byte, as the binary carries them.
typedef struct {
  const char* name;
  const unsigned char* bytes;
  size_t size;
} ew_fact_file;

/// Every embedded file, ended by an entry whose name is null.
const ew_fact_file* ew_fact_files(void);
