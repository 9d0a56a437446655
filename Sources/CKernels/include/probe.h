#pragma once
#include "tier.h"
#include <stddef.h>
#include <stdint.h>

// Loops that do nothing but one thing as fast as the tier can, to measure a machine's ceilings.

/// Reads `bytes` (a multiple of 512, 64-byte aligned) once, with software prefetch; the result keeps the reads alive.
uint64_t ew_probe_read(ew_tier tier, const void* buffer, size_t bytes);

/// Multiplies and adds int8 numbers in registers, `rounds` times; returns the operations done (two per multiply-add).
uint64_t ew_probe_int8(ew_tier tier, size_t rounds);

/// Multiplies and adds f32 numbers in registers, `rounds` times; returns the operations done (two per multiply-add).
uint64_t ew_probe_f32(ew_tier tier, size_t rounds);
