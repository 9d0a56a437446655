/// A small picture: one bar a row, all to one scale.
struct Bars: Sendable {
  struct Row: Sendable {
    let label: String
    let value: Double
    /// The value in words, after the bar.
    let text: String
    var look = Look.accent
  }

  var rows: [Row] = []
  /// The value that fills the whole bar; the largest one when nil.
  var full: Double?

  /// The lines of the picture; none when there is nothing to compare.
  func lines(_ screen: Screen, indent: Int = 0) -> [String] {
    let full = full ?? rows.map(\.value).max() ?? 0
    guard full > 0, full.isFinite else { return [] }
    let labels = min(32, rows.map { DisplayWidth.of($0.label) }.max() ?? 0)
    let texts = rows.map { DisplayWidth.of($0.text) }.max() ?? 0
    let room = min(40, screen.width - indent - labels - texts - 4)
    let margin = String(repeating: " ", count: indent)
    return rows.map { row in
      let label = DisplayWidth.pad(row.label, to: labels)
      guard room >= 5 else { return "\(margin)\(label)  \(row.text)" }
      let bar = Self.bar(min(1, max(0, row.value / full)), width: room, screen)
      let filled = DisplayWidth.pad(bar, to: room)
      return "\(margin)\(label)  \(screen.paint(filled, row.look))  \(row.text)"
    }
  }

  /// A bar of `fraction` (0...1) of `width` columns, to an eighth of a column where there are signs for it.
  static func bar(_ fraction: Double, width: Int, _ screen: Screen) -> String {
    let glyphs = screen.glyphs
    let steps = glyphs.parts.count + 1
    var eighths = Int((fraction * Double(width * steps)).rounded())
    if eighths == 0, fraction > 0 { eighths = 1 }
    var bar = String(repeating: glyphs.full, count: eighths / steps)
    if eighths % steps > 0 { bar.append(glyphs.parts[eighths % steps - 1]) }
    return bar
  }
}
