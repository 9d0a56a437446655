#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs a small program for what it prints, with a deadline.
package enum ProgramOutput {
  /// The standard output of the program, cut at 64 KiB, or nil when it cannot be run, fails or takes too long.
  ///
  /// The program gets no standard input, its errors go nowhere, and at the deadline it is killed with its children.
  package static func of(_ path: String, _ arguments: [String], deadlineSeconds: Double) -> String? {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let spawned = spawn(path, arguments, output: ends[1])
    close(ends[1])
    guard let child = spawned else { return nil }
    let (text, ended) = collect(ends[0], deadlineSeconds: deadlineSeconds)
    if !ended { kill(-child, SIGKILL) }
    guard let status = wait(for: child), ended, status == 0 else { return nil }
    return text
  }

  private static func spawn(_ path: String, _ arguments: [String], output: Int32) -> pid_t? {
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
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    // A group of its own, so that the deadline reaches what a script starts.
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    return posix_spawn(&child, path, &actions, &attributes, &words, environ) == 0 ? child : nil
  }

  private static func collect(_ descriptor: Int32, deadlineSeconds: Double) -> (text: String, ended: Bool) {
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    let end = monotonicSeconds() + deadlineSeconds
    while true {
      let left = end - monotonicSeconds()
      guard left > 0, text.count < 1 << 16 else { return (String(decoding: text, as: UTF8.self), false) }
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&request, 1, Int32(min(left * 1000, 60_000).rounded(.up)))
      if ready < 0 && errno != EINTR { return (String(decoding: text, as: UTF8.self), false) }
      guard ready > 0 else { continue }
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return (String(decoding: text, as: UTF8.self), count == 0) }
      text.append(contentsOf: buffer.prefix(count))
    }
  }

  /// The exit status, killing what still runs half a second after it closed its output.
  private static func wait(for child: pid_t) -> Int32? {
    var status: Int32 = 0
    let end = monotonicSeconds() + 0.5
    while true {
      let result = waitpid(child, &status, monotonicSeconds() < end ? WNOHANG : 0)
      if result == child { return status }
      if result < 0 && errno != EINTR { return nil }
      if monotonicSeconds() >= end { kill(-child, SIGKILL) }
      poll(nil, 0, 2)
    }
  }

  private static func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
