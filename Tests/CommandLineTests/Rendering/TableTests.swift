import Testing

@testable import edgewise

@Suite("Tables")
struct TableTests {
  let table = Table(
    [.words("Name"), .number("Rate"), .words("Note")],
    rows: [["Q4_0", "14.2", "fits with room to spare"], ["Q8_0", "7.81", "tight"]])

  @Test("Words stand at the left, numbers at the right, and no line ends in a space")
  func alignment() {
    #expect(
      table.lines(Screen(width: 60)) == [
        "Name  Rate  Note",
        "────  ────  ───────────────────────",
        "Q4_0  14.2  fits with room to spare",
        "Q8_0  7.81  tight",
      ])
  }

  @Test("Long words columns are wrapped to the screen")
  func wrapping() {
    #expect(
      table.lines(Screen(width: 26)) == [
        "Name  Rate  Note",
        "────  ────  ──────────────",
        "Q4_0  14.2  fits with room",
        "            to spare",
        "Q8_0  7.81  tight",
      ])
  }

  @Test("A column that is empty in every row is left out")
  func emptyColumn() {
    let table = Table([.words("A"), .words("B"), .words("C")], rows: [["1", "", "3"]])
    #expect(table.lines(Screen()) == ["A  C", "─  ─", "1  3"])
  }

  @Test("Without titles there is no rule, without rows nothing")
  func bare() {
    #expect(Table([.words(""), .words("")], rows: [["a", "b"]]).lines(Screen(), indent: 2) == ["  a  b"])
    #expect(Table([.words("A")]).lines(Screen()) == [])
  }

  @Test("Looks are escape codes around the text, so that the columns still align")
  func looks() {
    let table = Table([.words("A"), .words("B")], rows: [[Cell("x", .good), "y"], ["long", "z"]])
    #expect(
      table.lines(Screen(hasColor: true)).suffix(2) == ["\u{1B}[32mx\u{1B}[0m     y", "long  z"])
  }

  @Test("Wide characters take two columns")
  func wide() {
    let table = Table([.words("N"), .words("M")], rows: [["日本", "a"], ["abc", "b"]])
    #expect(table.lines(Screen()).suffix(2) == ["日本  a", "abc   b"])
  }
}
