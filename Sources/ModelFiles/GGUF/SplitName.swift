/// The name of a part of a split model: `<stem>-00001-of-00003.gguf`, numbers from 1, five digits.
struct SplitName: Hashable {
  let stem: String
  let number: Int
  let count: Int

  /// Splits the path of a part; nil when it does not have the form.
  init?(path: String) {
    let tail = Array("-00001-of-00003.gguf".utf8)
    let bytes = Array(path.utf8)
    guard bytes.count > tail.count else { return nil }
    let end = Array(bytes.suffix(tail.count))
    for (found, expected) in zip(end, tail) {
      let isDigit = UInt8(ascii: "0")...UInt8(ascii: "9") ~= expected
      guard isDigit ? UInt8(ascii: "0")...UInt8(ascii: "9") ~= found : found == expected else { return nil }
    }
    guard let number = Int(String(decoding: end[1...5], as: UTF8.self)),
      let count = Int(String(decoding: end[10...14], as: UTF8.self))
    else { return nil }
    stem = String(decoding: bytes.dropLast(tail.count), as: UTF8.self)
    self.number = number
    self.count = count
  }

  /// The path of part `number` (from 1) of the same model.
  func path(number: Int) -> String { Self.path(stem: stem, number: number, count: count) }

  /// The path of part `number` (from 1) of a model of `count` parts.
  static func path(stem: String, number: Int, count: Int) -> String {
    "\(stem)-\(digits(number))-of-\(digits(count)).gguf"
  }

  /// The end of the name that the part described by `split` must have.
  static func suffix(_ split: SplitInfo) -> String {
    "-\(digits(split.index + 1))-of-\(digits(split.count)).gguf"
  }

  private static func digits(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 5 - text.count)) + text
  }
}
