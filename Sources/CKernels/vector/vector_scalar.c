#define EW_TIER_NAME scalar
#include "vector_body.h"
