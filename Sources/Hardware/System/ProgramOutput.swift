/// Runs a small program for what it prints, with a deadline.
package enum ProgramOutput {
  /// The most that is read: more is no version and no table of devices.
  private static let limitBytes = 1 << 16

  /// The standard output of the program, or nil when it cannot be run, fails, takes too long or prints more than 64 KiB.
  ///
  /// The program gets no standard input, its errors go nowhere, and at the deadline it is killed with its children.
  package static func of(_ path: String, _ arguments: [String], deadlineSeconds: Double) -> String? {
    let outcome = ProgramRun.of(path, arguments, deadlineSeconds: deadlineSeconds, limitBytes: limitBytes)
    if case .output(let text) = outcome { return text }
    return nil
  }
}
