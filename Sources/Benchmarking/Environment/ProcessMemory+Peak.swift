#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension ProcessMemory {
  /// Makes the kernel forget the peak of this process; false where it cannot.
  @discardableResult
  package static func resetPeak() -> Bool {
    // 5 in clear_refs resets the peak resident set size (Linux 4.0, proc_pid_clear_refs(5)).
    let descriptor = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return write(descriptor, "5", 1) == 1
  }
}
