import Testing

@testable import edgewise

@Suite("Bar charts")
struct BarsTests {
  let bars = Bars(rows: [
    .init(label: "Q4_0", value: 14, text: "14.0 tok/s"), .init(label: "Q8_0", value: 7, text: "7.00 tok/s"),
    .init(label: "F16", value: 0, text: "unknown"),
  ])

  @Test("All bars have one scale")
  func scale() {
    #expect(
      bars.lines(Screen(width: 40)) == [
        "Q4_0  ██████████████████████  14.0 tok/s",
        "Q8_0  ███████████             7.00 tok/s",
        "F16                           unknown",
      ])
  }

  @Test("ASCII bars need no other signs")
  func ascii() {
    #expect(bars.lines(Screen(width: 30, isUnicode: false))[1] == "Q8_0  ######        7.00 tok/s")
  }

  @Test("A narrow screen shows the figures alone")
  func narrow() {
    #expect(bars.lines(Screen(width: 20))[0] == "Q4_0  14.0 tok/s")
  }

  @Test("Nothing is drawn when there is nothing to compare")
  func nothing() {
    #expect(Bars(rows: [.init(label: "a", value: 0, text: "0")]).lines(Screen()) == [])
    #expect(Bars().lines(Screen()) == [])
  }

  @Test("A small value is still seen")
  func small() { #expect(Bars.bar(0.0001, width: 20, Screen()) == "▏") }
}
