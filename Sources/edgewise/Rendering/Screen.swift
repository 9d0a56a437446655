/// What the place that text goes to can show.
struct Screen: Sendable, Hashable {
  /// Columns that a line may fill.
  var width = 80
  /// Whether a person looks at it.
  var isTerminal = false
  /// Whether colors and weights may be used.
  var hasColor = false
  /// Whether more than ASCII may be written.
  var isUnicode = true

  /// The widest that running text gets; longer lines are hard to read.
  var textWidth: Int { min(width, 100) }
}

extension Screen {
  /// What `environment` and the descriptor behind the stream say.
  ///
  /// Colors need a terminal that is not `dumb` and no `NO_COLOR` (<https://no-color.org>); `colorMode` overrules both.
  /// Unicode needs a locale that says UTF-8.
  init(
    environment: [String: String], isTerminal: Bool, columns: Int?, colorMode: ColorMode = .auto
  ) {
    self.isTerminal = isTerminal
    let asked = environment["COLUMNS"].flatMap { Int($0) }
    width = min(400, max(20, asked ?? columns ?? 80))
    let isDumb = environment["TERM"] == "dumb"
    let refusesColor = !(environment["NO_COLOR"] ?? "").isEmpty
    hasColor =
      switch colorMode {
      case .always: true
      case .never: false
      case .auto: isTerminal && !isDumb && !refusesColor
      }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    let name = locale.lowercased()
    isUnicode = name.contains("utf-8") || name.contains("utf8")
  }
}
