import JSON

/// The readable form of a reply, built from top to bottom.
struct Page: Sendable {
  let screen: Screen
  private(set) var lines: [String] = []
  private var marks: Set<EvidenceMark> = []

  init(_ screen: Screen) { self.screen = screen }

  /// The whole page, with a line end after each line.
  var text: String {
    let text = lines.joined(separator: "\n") + (lines.isEmpty ? "" : "\n")
    return screen.isUnicode ? text : Printable.ascii(text)
  }

  /// The answer in one line, with nothing above it.
  mutating func title(_ text: String, _ look: Look = .bold) {
    lines += Wrapping.lines(Printable.text(text), width: screen.textWidth).map { screen.paint($0, look) }
  }

  /// The name of the part that follows, after an empty line.
  mutating func heading(_ text: String) {
    gap()
    lines.append(screen.paint(Printable.text(text), .bold))
  }

  /// An empty line, unless there is one already.
  mutating func gap() {
    if let last = lines.last, !last.isEmpty { lines.append("") }
  }

  /// Running text.
  mutating func paragraph(_ text: String, indent: Int = 0, _ look: Look = .plain) {
    let margin = String(repeating: " ", count: indent)
    lines += Wrapping.lines(Printable.text(text), width: screen.textWidth - indent)
      .map { margin + screen.paint($0, look) }
  }

  /// A point of a list, with its sign hanging before it.
  mutating func point(_ text: String, sign: String? = nil, _ look: Look = .plain, indent: Int = 2) {
    let sign = sign ?? screen.glyphs.bullet
    let hang = indent + DisplayWidth.of(sign) + 1
    let wrapped = Wrapping.lines(Printable.text(text), width: screen.textWidth - hang)
    for (index, line) in wrapped.enumerated() {
      let margin = String(repeating: " ", count: index == 0 ? indent : hang)
      lines.append(index == 0 ? "\(margin)\(screen.paint(sign, look)) \(line)" : margin + line)
    }
  }

  /// A command line to paste: never wrapped.
  mutating func command(_ text: String, indent: Int = 2) {
    let margin = String(repeating: " ", count: indent)
    for line in Printable.text(text, keepsLines: true).split(separator: "\n") {
      lines.append(margin + screen.paint("$ ", .dim) + screen.paint(String(line), .accent))
    }
  }

  /// Names and values in two columns; pairs without a value are left out.
  mutating func facts(_ pairs: [(String, String?)], indent: Int = 2) {
    let rows = pairs.compactMap { name, value in
      value.flatMap { $0.isEmpty ? nil : [Cell(name, .dim), Cell($0)] }
    }
    table(Table([.words(""), .words("")], rows: rows), indent: indent)
  }

  mutating func table(_ table: Table, indent: Int = 2) {
    lines += table.lines(screen, indent: indent)
  }

  mutating func bars(_ bars: Bars, indent: Int = 2) {
    lines += bars.lines(screen, indent: indent)
  }

  /// The short form of a quantity with its mark, which the legend will explain; empty when there is none.
  mutating func marked(_ amount: Amount?) -> String {
    guard let amount else { return "" }
    if let evidence = amount.evidence { marks.insert(evidence) }
    return amount.marked(screen)
  }

  /// What the marks on this page mean; nothing when there were none.
  mutating func legend() {
    let shown = EvidenceMark.allCases.filter { marks.contains($0) }
    guard !shown.isEmpty else { return }
    gap()
    let text = shown.map { "\($0.sign(screen)) \($0.meaning)" }.joined(separator: ", ")
    paragraph(text, indent: 2, .dim)
  }
}
