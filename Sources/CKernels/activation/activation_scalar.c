#define EW_TIER_NAME scalar
#include "activation_body.h"
