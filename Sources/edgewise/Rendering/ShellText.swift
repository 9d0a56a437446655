import JSON

/// Command lines that can be pasted into a shell.
enum ShellText {
  /// The command that calls a method.
  static func call(_ method: String, _ params: JSON?) -> String {
    guard let params, params != .null, params != [:] else { return "edgewise call \(method)" }
    return "edgewise call \(method) \(quoted(params.description))"
  }

  /// The word as the shell reads it back, in single quotes when it needs them.
  static func quoted(_ word: String) -> String {
    let isPlain = !word.isEmpty && word.utf8.allSatisfy { plain.contains($0) }
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }

  private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@%+=,".utf8)
}
