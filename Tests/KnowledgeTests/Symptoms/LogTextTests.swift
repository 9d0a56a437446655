import Knowledge
import Testing

@Suite struct LogTextTests {
  @Test("an excerpt is cut on both sides of a long line, with marks")
  func cut() {
    let text = String(repeating: "é", count: 500) + "NEEDLE" + String(repeating: "☃", count: 500)
    let log = LogText(text)
    let excerpt = log.excerpt(around: 1000..<1006)
    #expect(excerpt.contains("NEEDLE"))
    #expect(excerpt.hasPrefix("…é") && excerpt.hasSuffix("☃…"))
    #expect(!excerpt.contains("\u{FFFD}"))
  }

  @Test("a short line is shown whole")
  func whole() {
    let log = LogText("first\nthe whole line\nlast")
    #expect(log.excerpt(around: 10..<15) == "the whole line")
  }

  @Test("escapes and NUL go, everything else stays")
  func clean() {
    let log = LogText("a\u{1B}[0;1mb\u{0}c\u{1B}(Bd")
    #expect(String(decoding: log.bytes, as: UTF8.self).hasPrefix("abc"))
    #expect(LogText("plain").removedByteCount == 0)
  }
}
