/// System calls that Swift does not see.
#pragma once

#include <stddef.h>
#include <sys/types.h>

/// Writes what goes to the descriptor without waiting, whatever its flags are.
///
/// Returns how many bytes were written, or -1 when none can be now or the system or the descriptor cannot be asked this.
ssize_t edgewise_write_at_once(int descriptor, const void *bytes, size_t count);
