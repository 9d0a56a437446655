#define _GNU_SOURCE
#include "CInputOutput.h"

#include <sys/uio.h>

ssize_t edgewise_write_at_once(int descriptor, const void *bytes, size_t count) {
#ifdef RWF_NOWAIT
  struct iovec part = {(void *)bytes, count};
  return pwritev2(descriptor, &part, 1, -1, RWF_NOWAIT);
#else
  (void)descriptor, (void)bytes, (void)count;
  return -1;
#endif
}
