import Advisor
import JSON
import Service

/// One call of a method in this process, with progress shown and Ctrl-C heard.
enum Question {
  /// Asks; what a method says piece by piece goes to `onText`, when there is one.
  static func ask(
    _ method: String, _ params: JSON, isQuiet: Bool = false, _ colors: ColorMode = .auto,
    onText: (@Sendable (String) -> Void)? = nil
  ) async throws(Failure) -> JSON {
    let line = ProgressLine(colors)
    let shown = isQuiet ? .ignored : line.progress
    let progress = Progress { phase, fraction, message in
      guard let onText, phase == GenerationRequest.textPhase else { return shown.report(phase, fraction, message) }
      line.clear()
      onText(message)
    }
    let router = Router()
    let task = Task { () -> Result<JSON, Failure> in
      do throws(Failure) {
        return .success(try await router.answer(method, params, progress: progress))
      } catch {
        return .failure(error)
      }
    }
    let interruption = Interruption { task.cancel() }
    defer { withExtendedLifetime(interruption) {} }
    let result = await task.value
    line.clear()
    return try result.get()
  }

  /// Asks, hands the reply to `then`, and writes it: as JSON when that was asked for, otherwise as a page.
  static func show(
    _ method: String, _ params: JSON, isQuiet: Bool = false, _ output: OutputOptions,
    then use: (JSON) throws -> Void = { _ in }, page show: (JSON, inout Page) -> Void
  ) async throws {
    let reply = try await ask(method, params, isQuiet: isQuiet, output.color)
    try use(reply)
    if output.json { return try OutputOptions.write(reply) }
    var page = Page(Stream.output.screen(output.color))
    show(reply, &page)
    page.legend()
    Stream.output.write(page.text)
  }
}
