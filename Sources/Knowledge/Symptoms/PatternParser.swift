/// Reads the regular expressions of `LinePattern` into Glushkov's positions.
struct PatternParser {
  /// The positions that a part can begin and end with, and whether it can match nothing.
  struct Part {
    var first: UInt64 = 0
    var last: UInt64 = 0
    var isOptional = true
  }

  private(set) var classes: [ByteClass] = []
  private(set) var follow: [UInt64] = []
  private let pattern: String
  private let bytes: [UInt8]
  private var index = 0

  init(_ pattern: String) {
    self.pattern = pattern
    bytes = Array(pattern.utf8)
  }

  mutating func parse() throws(LinePattern.Malformed) -> Part {
    let part = try alternatives(depth: 0)
    guard index == bytes.count else { throw malformed("an unopened \")\"") }
    return part
  }

  private func malformed(_ reason: String) -> LinePattern.Malformed {
    LinePattern.Malformed(pattern: pattern, reason: "\(reason) at byte \(index)")
  }

  private mutating func alternatives(depth: Int) throws(LinePattern.Malformed) -> Part {
    guard depth < 16 else { throw malformed("groups nested more than 16 deep") }
    var whole = try sequence(depth: depth)
    while index < bytes.count, bytes[index] == UInt8(ascii: "|") {
      index += 1
      let other = try sequence(depth: depth)
      whole.first |= other.first
      whole.last |= other.last
      whole.isOptional = whole.isOptional || other.isOptional
    }
    return whole
  }

  private mutating func sequence(depth: Int) throws(LinePattern.Malformed) -> Part {
    var whole = Part()
    while index < bytes.count, bytes[index] != UInt8(ascii: "|"), bytes[index] != UInt8(ascii: ")") {
      let part = try repeated(depth: depth)
      connect(whole.last, to: part.first)
      if whole.isOptional { whole.first |= part.first }
      whole.last = part.isOptional ? whole.last | part.last : part.last
      whole.isOptional = whole.isOptional && part.isOptional
    }
    return whole
  }

  private mutating func repeated(depth: Int) throws(LinePattern.Malformed) -> Part {
    var part = try atom(depth: depth)
    guard index < bytes.count else { return part }
    switch bytes[index] {
    case UInt8(ascii: "+"): connect(part.last, to: part.first)
    case UInt8(ascii: "*"):
      connect(part.last, to: part.first)
      part.isOptional = true
    case UInt8(ascii: "?"): part.isOptional = true
    default: return part
    }
    index += 1
    return part
  }

  private mutating func atom(depth: Int) throws(LinePattern.Malformed) -> Part {
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "("):
      let part = try alternatives(depth: depth + 1)
      guard index < bytes.count, bytes[index] == UInt8(ascii: ")") else { throw malformed("a group without its \")\"") }
      index += 1
      return part
    case UInt8(ascii: "\\"):
      guard index < bytes.count else { throw malformed("nothing after \"\\\"") }
      let escaped = bytes[index]
      index += 1
      switch escaped {
      case UInt8(ascii: "d"): return try position(.digit)
      case UInt8(ascii: "w"): return try position(.word)
      case UInt8(ascii: "s"): return try position(.space)
      case UInt8(ascii: "S"): return try position(.notSpace)
      case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return try position(.byte(escaped))
      default: throw malformed("an escape that is not known")
      }
    case UInt8(ascii: "."), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
      UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "?"):
      throw malformed("an operator that is not known or stands alone")
    default: return try position(.byte(byte))
    }
  }

  private mutating func position(_ byteClass: ByteClass) throws(LinePattern.Malformed) -> Part {
    guard classes.count < 64 else { throw malformed("more than 64 positions") }
    let bit: UInt64 = 1 << UInt64(classes.count)
    classes.append(byteClass)
    follow.append(0)
    return Part(first: bit, last: bit, isOptional: false)
  }

  private mutating func connect(_ from: UInt64, to: UInt64) {
    var rest = from
    while rest != 0 {
      follow[rest.trailingZeroBitCount] |= to
      rest &= rest - 1
    }
  }
}
