import Testing

@testable import edgewise

@Suite("The progress bar")
struct ProgressBarTests {
  let bar = ProgressBar(screen: Screen(width: 60))

  @Test("shows the fraction, what is left and what is being done")
  func line() {
    #expect(
      bar.line(phase: "decode", fraction: 0.5, message: "tg64", elapsedSeconds: 4)
        == "███████░░░░░░░░   50 %  ~4 s left      tg64")
  }

  @Test("shows the time gone before there is enough to tell what is left")
  func start() {
    #expect(
      bar.line(phase: "loading", fraction: 0, message: "", elapsedSeconds: 0.4)
        == "░░░░░░░░░░░░░░░    0 %  0 s            loading")
  }

  @Test("is drawn in ASCII where the screen has nothing else")
  func ascii() {
    let bar = ProgressBar(screen: Screen(width: 60, isUnicode: false))
    #expect(
      bar.line(phase: "x", fraction: 1, message: "12 µs", elapsedSeconds: 3)
        == "###############  100 %  3 s            12 us")
  }

  @Test("is never wider than the screen", arguments: [20, 30, 40, 80, 200])
  func width(columns: Int) {
    let bar = ProgressBar(screen: Screen(width: columns))
    for fraction in [-1, 0, 0.333, 0.999, 1, 7] {
      let line = bar.line(
        phase: "decode", fraction: fraction, message: String(repeating: "long 日本 ", count: 40), elapsedSeconds: 1e5)
      #expect(DisplayWidth.of(line) < columns)
    }
  }

  @Test(
    "tells the time left in words",
    arguments: [
      (0.5, 10.0, "~10 s left"), (0.1, 100, "~15 min left"), (0.01, 10, "10 s"), (1, 10, "10 s"), (0.5, 0.5, "0 s"),
    ])
  func time(fraction: Double, elapsed: Double, text: String) {
    #expect(ProgressBar.time(fraction: fraction, elapsedSeconds: elapsed) == text)
  }
}
