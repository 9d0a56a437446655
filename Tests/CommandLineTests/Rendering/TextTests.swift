import Testing

@testable import edgewise

@Suite("Text")
struct TextTests {
  @Test("Lines are broken between words, and long words where they must be")
  func wrapping() {
    #expect(Wrapping.lines("one two three", width: 7) == ["one two", "three"])
    #expect(Wrapping.lines("abcdefghij kl", width: 4) == ["abcd", "efgh", "ij", "kl"])
    #expect(Wrapping.lines("a\n\nb", width: 10) == ["a", "", "b"])
    #expect(Wrapping.lines("", width: 10) == [""])
    #expect(Wrapping.lines("日本語", width: 1) == ["日", "本", "語"])
  }

  @Test("Control characters of a file cannot reach the terminal")
  func printable() {
    #expect(Printable.text("a\u{1B}[2Jb\u{7}\u{9B}c\td\ne") == "a\u{FFFD}[2Jb\u{FFFD}\u{FFFD}c d e")
    #expect(Printable.text("a\u{202E}b") == "a\u{FFFD}b")
    #expect(Printable.text("Grüße 日本") == "Grüße 日本")
    #expect(Printable.text("a\nb", keepsLines: true) == "a\nb")
  }

  @Test("A sentence begins with a capital, unless a name that has a spelling of its own begins it")
  func sentence() {
    #expect(Sentence.text("one token") == "One token.")
    #expect(Sentence.text("single-threaded runs?") == "Single-threaded runs?")
    #expect(Sentence.text("llama-server asks for one") == "llama-server asks for one.")
    #expect(Sentence.text("llama.cpp and int8") == "llama.cpp and int8.")
  }

  @Test("Signs are spelled in ASCII")
  func ascii() { #expect(Printable.ascii("12 µs ± 3 – 日") == "12 us +- 3 - ?") }

  @Test(
    "The screen is what the environment says",
    arguments: [
      ([:], false, false), (["TERM": "xterm", "LANG": "de_DE.UTF-8"], true, true),
      (["TERM": "dumb", "LANG": "C"], false, false), (["NO_COLOR": "1", "LC_ALL": "C.utf8", "LANG": "C"], false, true),
      (["NO_COLOR": "", "LC_ALL": "", "LC_CTYPE": "en_US.UTF-8"], true, true),
    ] as [([String: String], Bool, Bool)])
  func screen(environment: [String: String], hasColor: Bool, isUnicode: Bool) {
    let isSet = !environment.isEmpty
    let screen = Screen(environment: environment, isTerminal: isSet, columns: nil)
    #expect(screen.hasColor == hasColor)
    #expect(screen.isUnicode == isUnicode)
    #expect(screen.width == 80)
  }

  @Test("The width is that of the terminal, unless COLUMNS says otherwise, within reason")
  func width() {
    #expect(Screen(environment: [:], isTerminal: true, columns: 132).width == 132)
    #expect(Screen(environment: ["COLUMNS": "50"], isTerminal: true, columns: 132).width == 50)
    #expect(Screen(environment: ["COLUMNS": "x"], isTerminal: true, columns: nil).width == 80)
    #expect(Screen(environment: [:], isTerminal: true, columns: 1).width == 20)
  }

  @Test(
    "Sizes are read as people write them",
    arguments: [
      ("8GiB", 8 << 30), ("8G", 8 << 30), ("512M", 512 << 20), ("6.5 GB", 6_500_000_000), ("1024", 1024), ("1k", 1024),
      ("", nil), ("x", nil), ("8 apples", nil), ("-1G", nil), ("99999999999T", nil), ("1..2G", nil),
    ] as [(String, Int?)])
  func sizes(text: String, bytes: Int?) { #expect(ByteSize(argument: text)?.bytes == bytes) }

  @Test(
    "Times are read as people write them",
    arguments: [("20", 20), ("20s", 20), ("500ms", 0.5), ("2min", 120), ("x", nil), ("5 years", nil)]
      as [(String, Double?)])
  func times(text: String, seconds: Double?) { #expect(Seconds(argument: text)?.value == seconds) }

  @Test("Token counts may be in thousands", arguments: [("8192", 8192), ("8k", 8192), ("k", nil), ("8m", nil)])
  func tokens(text: String, count: Int?) { #expect(TokenCount(argument: text)?.tokens == count) }
}
