/// A text in lower case whose words can be looked for.
struct PlainWords {
  /// At most this much of a text is looked at: a description in words is short.
  private static let byteLimit = 16_384

  /// A space, the words parted by single spaces, and a space.
  private let text: [UInt8]

  init(_ original: String) {
    var text: [UInt8] = [0x20]
    for byte in original.utf8.prefix(Self.byteLimit) {
      let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
      let isGap = lower <= 0x20 || Self.gaps.contains(lower)
      if isGap {
        if text.last != 0x20 { text.append(0x20) }
      } else {
        text.append(lower)
      }
    }
    if text.last != 0x20 { text.append(0x20) }
    self.text = text
  }

  private static let gaps = Set(",;:!?\"()[]{}".utf8)

  /// The first word of each group that occurs, or nil when one group has none.
  func find(_ groups: [[String]]) -> [String]? {
    var found: [String] = []
    for group in groups {
      guard let word = group.first(where: contains) else { return nil }
      found.append(word)
    }
    return found
  }

  /// Whether `word`, which may be several words, begins at the beginning of a word.
  private func contains(_ word: String) -> Bool {
    let pattern = [0x20] + Array(word.utf8)
    guard text.count >= pattern.count else { return false }
    return (0...(text.count - pattern.count)).contains { text[$0...].starts(with: pattern) }
  }
}
