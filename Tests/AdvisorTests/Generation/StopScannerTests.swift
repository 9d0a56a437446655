import Advisor
import Testing

@Suite("Stop texts")
struct StopScannerTests {
  @Test("are found wherever the answer is cut into pieces")
  func everyCut() {
    let answer = "one two\n\nUser: three"
    for first in 0...answer.utf8.count {
      for second in first...answer.utf8.count {
        let bytes = Array(answer.utf8)
        var scanner = StopScanner(["\n\nUser:", "never"])
        var (text, stop): (String, String?) = ("", nil)
        for piece in [bytes[..<first], bytes[first..<second], bytes[second...]] where stop == nil {
          let found = scanner.append(String(decoding: piece, as: UTF8.self))
          text += found.text
          stop = found.stop
        }
        #expect(text == "one two" && stop == "\n\nUser:", "cut at \(first) and \(second)")
      }
    }
  }

  @Test("hold back only what may become one")
  func holding() {
    var scanner = StopScanner(["abc"])
    #expect(scanner.append("xab") == ("x", nil))
    #expect(scanner.append("d") == ("abd", nil))
    #expect(scanner.append("ab") == ("", nil))
    #expect(scanner.finish() == "ab")
    #expect(scanner.append("abc").stop == "abc")
  }

  @Test("end the answer at the earliest place, and of several there by the longest")
  func earliest() {
    var scanner = StopScanner(["cd", "bcd", "bc", ""])
    #expect(scanner.append("abcd") == ("a", "bcd"))
    var nothing = StopScanner([])
    #expect(nothing.append("text") == ("text", nil))
  }
}
