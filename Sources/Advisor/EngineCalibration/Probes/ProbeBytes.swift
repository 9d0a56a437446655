/// A stretch of a small model's file: bytes that are repeated to a length.
struct ProbeBytes: Hashable {
  let pattern: Pattern
  let byteCount: Int

  enum Pattern: Hashable {
    /// Any bits, as those of packed integers.
    case random
    /// Random numbers of the size of weights, little-endian.
    case float16, bfloat16, float32
    /// The same bytes again and again; the last time as many of them as fit.
    case repeated([UInt8])
  }

  init(_ pattern: Pattern, byteCount: Int) {
    self.pattern = pattern
    self.byteCount = byteCount
  }

  /// These bytes.
  init(_ bytes: [UInt8]) { self.init(.repeated(bytes), byteCount: bytes.count) }

  /// Little-endian integers.
  init(_ values: [Int64]) { self.init(values.flatMap { Self.bytes($0) }) }

  /// Little-endian numbers.
  init(_ values: [Float]) { self.init(values.flatMap { Self.bytes($0.bitPattern) }) }

  /// The same 16 bits `count` times.
  init(halves bits: UInt16, count: Int) { self.init(.repeated(Self.bytes(bits)), byteCount: 2 * count) }

  /// The same number `count` times.
  init(floats value: Float, count: Int) {
    self.init(.repeated(Self.bytes(value.bitPattern)), byteCount: 4 * count)
  }

  /// At most `limit` bytes of the pattern, in whole repetitions when there are more.
  func piece(limit: Int) -> [UInt8] {
    let words = min(limit, byteCount + 7) / 8
    switch pattern {
    case .random: return Self.words(words) { $0 }
    // The exponent of 2^-6, with random sign and fraction.
    case .float16: return Self.words(words) { $0 & 0x83ff_83ff_83ff_83ff | 0x2400_2400_2400_2400 }
    case .bfloat16: return Self.words(words) { $0 & 0x807f_807f_807f_807f | 0x3c80_3c80_3c80_3c80 }
    case .float32: return Self.words(words) { $0 & 0x807f_ffff_807f_ffff | 0x3c80_0000_3c80_0000 }
    case .repeated(let bytes):
      guard !bytes.isEmpty, bytes.count < limit else { return bytes }
      let times = min(limit, byteCount + bytes.count - 1) / bytes.count
      return Array(repeatElement(bytes, count: max(1, times)).joined())
    }
  }

  /// Words of SplitMix64 (Steele, Lea and Flood 2014).
  private static func words(_ count: Int, _ shape: (UInt64) -> UInt64) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(8 * count)
    var state: UInt64 = 0
    for _ in 0..<count {
      state &+= 0x9e37_79b9_7f4a_7c15
      var bits = state
      bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
      bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
      withUnsafeBytes(of: shape(bits ^ (bits >> 31)).littleEndian) { result.append(contentsOf: $0) }
    }
    return result
  }

  private static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
