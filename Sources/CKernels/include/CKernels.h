#pragma once
// The C side of Kernels: block structs, instruction-set tiers, and the loops that need a particular instruction set.
#include "activation.h"
#include "attention.h"
#include "codec.h"
#include "cpu.h"
#include "probe.h"
#include "product.h"
#include "strips.h"
#include "team.h"
#include "tier.h"
#include "vector.h"
