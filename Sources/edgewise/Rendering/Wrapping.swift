/// Breaking text into lines of a given width.
enum Wrapping {
  /// The lines of `text`, broken between words, and inside a word only where it is longer than a line.
  static func lines(_ text: String, width: Int) -> [String] {
    let width = max(1, width)
    return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph($0, width) }
  }

  private static func paragraph(_ text: Substring, _ width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ") {
      var rest = word
      var length = DisplayWidth.of(rest)
      if used > 0, used + 1 + length > width {
        lines.append(line)
        (line, used) = ("", 0)
      }
      while length > width {
        let head = prefix(of: rest, width)
        lines.append(String(head))
        rest = rest[head.endIndex...]
        length = DisplayWidth.of(rest)
      }
      if rest.isEmpty { continue }
      line += used > 0 ? " " + rest : String(rest)
      used += length + (used > 0 ? 1 : 0)
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// The longest beginning that fits, of at least one character.
  private static func prefix(of text: Substring, _ width: Int) -> Substring {
    var used = 0
    var end = text.startIndex
    while end < text.endIndex {
      used += DisplayWidth.of(text[end])
      if used > width, end > text.startIndex { break }
      end = text.index(after: end)
    }
    return text[..<end]
  }
}
