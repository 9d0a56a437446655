import ArgumentParser
import JSON
import Service

/// What the user reads when there is no answer.
enum Complaint {
  /// Writes what went wrong to standard error, or asked-for help to standard output, and gives the exit status.
  static func report(_ error: any Error) -> ExitStatus {
    if let failure = error as? Failure {
      Stream.error.write(text(failure, Stream.error.screen()))
      return ExitStatus(failure)
    }
    if let status = error as? ExitStatus { return status }
    if Edgewise.exitCode(for: error).isSuccess {
      Stream.output.write(ended(Edgewise.fullMessage(for: error, columns: Stream.output.screen().textWidth)))
      return .success
    }
    let message = Edgewise.fullMessage(for: error, columns: Stream.error.screen().textWidth)
    Stream.error.write(prefix(Stream.error.screen()) + ended(removing("Error: ", from: message)))
    return .usage
  }

  /// The failure in words; when several parameters were wrong, each with its place.
  static func text(_ failure: Failure, _ screen: Screen) -> String {
    if failure.name == .requestCancelled { return prefix(screen) + "interrupted\n" }
    var lines = Wrapping.lines(
      prefix(Screen()) + Printable.text(failure.message), width: max(screen.textWidth, 60))
    if let first = lines.first { lines[0] = prefix(screen) + removing(prefix(Screen()), from: first) }
    let violations = failure.data?["violations"]?.array ?? []
    if violations.count > 1 {
      for violation in violations {
        let pointer = violation["pointer"]?.string ?? ""
        let expected = violation["expected"]?.string ?? "something else"
        let found = violation["found"]?.string ?? "this"
        let place = pointer.isEmpty ? "the parameters" : pointer
        lines.append(Printable.text("  \(place): expected \(expected), found \(found)"))
      }
    }
    let text = lines.joined(separator: "\n") + "\n"
    return screen.isUnicode ? text : Printable.ascii(text)
  }

  private static func prefix(_ screen: Screen) -> String { screen.paint("edgewise:", .bad) + " " }

  private static func removing(_ start: String, from text: String) -> String {
    text.hasPrefix(start) ? String(text.dropFirst(start.count)) : text
  }

  private static func ended(_ text: String) -> String { text.hasSuffix("\n") ? text : text + "\n" }
}
