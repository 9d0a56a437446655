/// A small, fast generator of reproducible pseudo-random numbers (SplitMix64; Steele, Lea and Flood 2014).
struct RandomBits: RandomNumberGenerator {
  private var state: UInt64
  private var reserve: UInt64 = 0
  private var reserveBytes = 0

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }

  mutating func nextByte() -> UInt8 {
    if reserveBytes == 0 {
      reserve = next()
      reserveBytes = 8
    }
    defer {
      reserve >>= 8
      reserveBytes -= 1
    }
    return UInt8(truncatingIfNeeded: reserve)
  }
}
