/// The line that shows how far long work is.
struct ProgressBar: Sendable {
  let screen: Screen

  /// `measuring  ████████░░░░  62 %  about 7 s left  pp512`, no wider than the screen allows.
  func line(phase: String, fraction: Double, message: String, elapsedSeconds: Double) -> String {
    let fraction = min(1, max(0, fraction))
    let percent = DisplayWidth.pad("\(Int((fraction * 100).rounded(.down))) %", to: 5, isTrailing: true)
    let time = Self.time(fraction: fraction, elapsedSeconds: elapsedSeconds)
    let width = min(24, max(6, screen.width / 4))
    let glyphs = screen.glyphs
    let full = Int((fraction * Double(width)).rounded(.down))
    let bar =
      screen.paint(String(repeating: glyphs.full, count: full), .accent)
      + screen.paint(String(repeating: glyphs.empty, count: width - full), .dim)
    var words = Printable.text(message.isEmpty ? phase : message)
    if !screen.isUnicode { words = Printable.ascii(words) }
    var parts = [bar, percent]
    var room = screen.width - 1 - width - 2 - DisplayWidth.of(percent)
    for part in [DisplayWidth.pad(time, to: 13), words] where room > 8 {
      let shown = Self.shorten(part, to: room - 2)
      parts.append(shown)
      room -= 2 + DisplayWidth.of(shown)
    }
    return parts.joined(separator: "  ")
  }

  /// What is left once there is enough to tell, what has gone before that.
  static func time(fraction: Double, elapsedSeconds: Double) -> String {
    guard fraction > 0.05, fraction < 1, elapsedSeconds > 1 else { return "\(Int(elapsedSeconds)) s" }
    let left = elapsedSeconds / fraction * (1 - fraction)
    return left < 90 ? "~\(Int(left.rounded(.up))) s left" : "~\(Int((left / 60).rounded(.up))) min left"
  }

  private static func shorten(_ text: String, to width: Int) -> String {
    var result = text
    while DisplayWidth.of(result) > width, !result.isEmpty { result.removeLast() }
    return result
  }
}
