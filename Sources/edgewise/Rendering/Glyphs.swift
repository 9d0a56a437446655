/// The signs that pictures and lists are drawn with, in Unicode or in ASCII.
struct Glyphs: Sendable {
  let rule: Character
  let bullet: String
  let full: Character
  let empty: Character
  /// Parts of a cell from one eighth to seven; empty where there are none.
  let parts: [Character]
  let good: String
  let bad: String
  let unknown: String
  let arrow: String
  let range: String

  static let unicode = Glyphs(
    rule: "─", bullet: "•", full: "█", empty: "░", parts: ["▏", "▎", "▍", "▌", "▋", "▊", "▉"], good: "✓", bad: "✗",
    unknown: "?", arrow: "→", range: "–")
  static let ascii = Glyphs(
    rule: "-", bullet: "*", full: "#", empty: ".", parts: [], good: "+", bad: "x", unknown: "?", arrow: "->",
    range: "-")
}

extension Screen {
  var glyphs: Glyphs { isUnicode ? .unicode : .ascii }
}
