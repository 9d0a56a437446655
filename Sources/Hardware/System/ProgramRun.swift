package import Kernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs a program for minutes at most: its output, or why there is none.
package enum ProgramRun {
  /// How a run ended.
  package enum Outcome: Sendable, Hashable {
    case output(String)
    /// It could not be started, for the system's reason.
    case notStarted(String)
    /// It ended with a status that is not 0, or by a signal, which counts as 128 and its number as in a shell; the end of what it
    /// said on standard error.
    case failed(status: Int32, message: String)
    case tookTooLong
    /// It printed more than the limit.
    case tooMuchOutput
    case cancelled
  }

  /// Runs the program at `path` with `arguments`, without a shell and without standard input.
  ///
  /// At the deadline, beyond the limit of output, or when the flag goes up, it is killed with its children.
  package static func of(
    _ path: String, _ arguments: [String], deadlineSeconds: Double, limitBytes: Int = 1 << 20,
    cancellation: Cancellation? = nil
  ) -> Outcome {
    var output: [Int32] = [0, 0]
    var errors: [Int32] = [0, 0]
    guard pipe(&output) == 0 else { return .notStarted(reason(errno)) }
    guard pipe(&errors) == 0 else {
      for end in output { close(end) }
      return .notStarted(reason(errno))
    }
    for end in output + errors { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer {
      close(output[0])
      close(errors[0])
    }
    var child: pid_t = 0
    let code = spawn(path, arguments, output[1], errors[1], &child)
    close(output[1])
    close(errors[1])
    guard code == 0 else { return .notStarted(reason(code)) }
    var texts: [[UInt8]] = [[], []]
    let stopped = collect([output[0], errors[0]], &texts, deadlineSeconds, limitBytes, cancellation)
    if stopped != nil { kill(-child, SIGKILL) }
    let status = wait(for: child)
    // What it started and left behind ends with it.
    kill(-child, SIGKILL)
    if let stopped { return stopped }
    let text = String(decoding: texts[0], as: UTF8.self)
    return status == 0
      ? .output(text) : .failed(status: status, message: String(decoding: texts[1].suffix(400), as: UTF8.self).trimmed)
  }

  private static func spawn(
    _ path: String, _ arguments: [String], _ output: Int32, _ errors: Int32, _ child: inout pid_t
  ) -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    // A group of its own, so that killing reaches what it starts.
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    return posix_spawn(&child, path, &actions, &attributes, &words, environ)
  }

  /// Reads both pipes to their ends; what stopped it before, or nil.
  private static func collect(
    _ descriptors: [Int32], _ texts: inout [[UInt8]], _ deadlineSeconds: Double, _ limitBytes: Int,
    _ cancellation: Cancellation?
  ) -> Outcome? {
    var isOpen = descriptors.map { _ in true }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let end = monotonicSeconds() + deadlineSeconds
    while isOpen.contains(true) {
      if cancellation?.isCancelled == true { return .cancelled }
      let left = end - monotonicSeconds()
      guard left > 0 else { return .tookTooLong }
      var requests = descriptors.indices.map {
        pollfd(fd: isOpen[$0] ? descriptors[$0] : -1, events: Int16(POLLIN), revents: 0)
      }
      // A cancel is heard within 20 milliseconds.
      let ready = poll(&requests, nfds_t(requests.count), Int32(min(left * 1000, 20).rounded(.up)))
      guard ready > 0 else { continue }
      for index in descriptors.indices where requests[index].revents != 0 {
        let count = read(descriptors[index], &buffer, buffer.count)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 {
          isOpen[index] = false
        } else {
          texts[index].append(contentsOf: buffer.prefix(count))
          // Of standard error only the end is wanted.
          if index == 1, texts[1].count > 1 << 16 { texts[1].removeFirst(texts[1].count - 4096) }
        }
      }
      if texts[0].count > limitBytes { return .tooMuchOutput }
    }
    return nil
  }

  /// The exit status; of a program that closed its output and goes on, that of being killed a second later.
  private static func wait(for child: pid_t) -> Int32 {
    var status: Int32 = 0
    let end = monotonicSeconds() + 1
    while true {
      let late = monotonicSeconds() >= end
      if late { kill(-child, SIGKILL) }
      let result = waitpid(child, &status, late ? 0 : WNOHANG)
      if result == child { return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + (status & 0x7f) }
      if result < 0 && errno != EINTR { return -1 }
      if !late { poll(nil, 0, 2) }
    }
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

  private static func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
