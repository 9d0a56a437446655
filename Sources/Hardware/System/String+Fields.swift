extension StringProtocol {
  /// The text without white space and zero bytes at its ends.
  package var trimmed: String {
    let blank: (Character) -> Bool = { $0.isWhitespace || $0 == "\0" }
    guard let first = firstIndex(where: { !blank($0) }), let last = lastIndex(where: { !blank($0) }) else { return "" }
    return String(self[first...last])
  }

  /// The parts between white space.
  package var fields: [SubSequence] { split(whereSeparator: \.isWhitespace) }

  /// The value of each `key<separator>value` line, the first one where a key comes twice; keys and values trimmed.
  package func keyed(by separator: Character) -> [String: String] {
    var result: [String: String] = [:]
    for line in split(whereSeparator: \.isNewline) {
      guard let at = line.firstIndex(of: separator) else { continue }
      let key = line[..<at].trimmed
      if result[key] == nil { result[key] = line[line.index(after: at)...].trimmed }
    }
    return result
  }
}

/// The numbers in a kernel list such as `0-3,8,10-11`, sorted; parts that do not parse or exceed 65535 are skipped.
package func kernelList(_ text: String) -> [Int] {
  var result: Set<Int> = []
  for part in text.trimmed.split(separator: ",").prefix(65536) {
    let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0.trimmed) }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, 0 <= first, first <= last,
      last <= 65535
    else { continue }
    result.formUnion(first...last)
  }
  return result.sorted()
}
