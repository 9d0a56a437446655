/// Normalization Form C (Unicode Standard Annex 15).
///
/// The standard library has the combining classes; decompositions are not in its interface, so a table is.
enum CanonicalComposition {
  /// The text in Normalization Form C; most text is already, and is returned as it is.
  static func normalize(_ text: String) -> String {
    // No character below U+0300 is changed or composed unless one above follows.
    guard text.utf8.contains(where: { $0 >= 0xCC }) else { return text }
    var scalars: [UInt32] = []
    scalars.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars { decompose(scalar.value, into: &scalars) }
    order(&scalars)
    var result = String.UnicodeScalarView()
    for value in composed(scalars) { if let scalar = Unicode.Scalar(value) { result.append(scalar) } }
    return String(result)
  }

  private static func decompose(_ scalar: UInt32, into result: inout [UInt32]) {
    if let syllable = Hangul.decompose(scalar) { return result.append(contentsOf: syllable) }
    guard scalar >= 0xC0, let (first, second) = tables.decompositions[scalar] else { return result.append(scalar) }
    decompose(first, into: &result)
    if second != 0 { result.append(second) }
  }

  /// Sorts each run of combining characters by their class, keeping the order of equals.
  private static func order(_ scalars: inout [UInt32]) {
    var start = 0
    while start < scalars.count {
      var end = start
      while end < scalars.count, combiningClass(scalars[end]) != 0 { end += 1 }
      if end > start + 1 {
        let run = scalars[start..<end].enumerated().sorted {
          (combiningClass($0.element), $0.offset) < (combiningClass($1.element), $1.offset)
        }
        scalars.replaceSubrange(start..<end, with: run.map(\.element))
      }
      start = end + 1
    }
  }

  private static func composed(_ scalars: [UInt32]) -> [UInt32] {
    var result: [UInt32] = []
    result.reserveCapacity(scalars.count)
    var starter: Int?
    for scalar in scalars {
      let rank = combiningClass(scalar)
      if let place = starter {
        let isAdjacent = place == result.count - 1
        let isBlocked = !isAdjacent && combiningClass(result[result.count - 1]) >= rank
        if !isBlocked, let whole = compose(result[place], scalar) {
          result[place] = whole
          continue
        }
      }
      if rank == 0 { starter = result.count }
      result.append(scalar)
    }
    return result
  }

  private static func compose(_ first: UInt32, _ second: UInt32) -> UInt32? {
    Hangul.compose(first, second) ?? tables.compositions[UInt64(first) << 32 | UInt64(second)]
  }

  private static func combiningClass(_ value: UInt32) -> UInt8 {
    guard value >= 0x300, let scalar = Unicode.Scalar(value) else { return 0 }
    return scalar.properties.canonicalCombiningClass.rawValue
  }

  private static let tables: (decompositions: [UInt32: (UInt32, UInt32)], compositions: [UInt64: UInt32]) = {
    var decompositions: [UInt32: (UInt32, UInt32)] = [:]
    var compositions: [UInt64: UInt32] = [:]
    let singles = numbers(CanonicalSingles.hexadecimal)
    for row in stride(from: 0, to: singles.count, by: 2) { decompositions[singles[row]] = (singles[row + 1], 0) }
    for table in [CanonicalPairs.hexadecimal, CanonicalExclusions.hexadecimal] {
      let pairs = numbers(table)
      for row in stride(from: 0, to: pairs.count, by: 3) {
        decompositions[pairs[row]] = (pairs[row + 1], pairs[row + 2])
      }
    }
    let pairs = numbers(CanonicalPairs.hexadecimal)
    for row in stride(from: 0, to: pairs.count, by: 3) {
      compositions[UInt64(pairs[row + 1]) << 32 | UInt64(pairs[row + 2])] = pairs[row]
    }
    return (decompositions, compositions)
  }()

  private static func numbers(_ table: StaticString) -> [UInt32] {
    table.description.split(whereSeparator: \.isWhitespace).compactMap { UInt32($0, radix: 16) }
  }
}
