import Advisor
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The progress bar on standard error: drawn over itself at most ten times a second, and gone when the work is done.
final class ProgressLine: Sendable {
  private struct State {
    var lastSeconds = -1.0
    var lastPhase = ""
    var isShown = false
  }

  private let state = Mutex(State())
  private let startSeconds: Double
  private let mode: ColorMode

  init(_ mode: ColorMode) {
    self.mode = mode
    startSeconds = Self.nowSeconds()
  }

  /// Where the work reports to; ignored where nobody would see it.
  var progress: Progress {
    guard Stream.error.isTerminal else { return .ignored }
    return Progress { [self] phase, fraction, message in draw(phase, fraction, message) }
  }

  /// Removes the bar.
  func clear() {
    let wasShown = state.withLock { state in
      defer { state.isShown = false }
      return state.isShown
    }
    if wasShown { Stream.error.write(Self.erase) }
  }

  /// Leaves the line that a bar may stand on, when the process ends without waiting for the work.
  static func clearAbandoned() {
    if Stream.error.isTerminal { Stream.error.write("\n") }
  }

  private static let erase = "\r\u{1B}[K"

  private func draw(_ phase: String, _ fraction: Double, _ message: String) {
    let now = Self.nowSeconds()
    let isDumb = ProcessEnvironment.shown["TERM"] == "dumb"
    let text = state.withLock { state -> String? in
      let isNewPhase = phase != state.lastPhase
      guard isNewPhase || (!isDumb && now - state.lastSeconds >= 0.1) else { return nil }
      state.lastSeconds = now
      state.lastPhase = phase
      let bar = ProgressBar(screen: Stream.error.screen(mode))
      let line = bar.line(phase: phase, fraction: fraction, message: message, elapsedSeconds: now - startSeconds)
      if isDumb { return line + "\n" }
      state.isShown = true
      return Self.erase + line
    }
    if let text { Stream.error.write(text) }
  }

  private static func nowSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
