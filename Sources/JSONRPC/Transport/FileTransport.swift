import CInputOutput
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A transport over two file descriptors, such as standard input and output.
package final class FileTransport: Transport {
  private let input: Int32
  private let output: Int32
  private let wakeOutput: Int32
  private let wakeInput: Int32
  private let hasEnded = Atomic(false)
  /// Read in one call; a pipe holds this much.
  private static let chunkBytes = 64 << 10

  /// Makes a transport that does not own the descriptors, or nil when the system has none left for wake-ups.
  package init?(input: Int32, output: Int32) {
    self.input = input
    self.output = output
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    wakeInput = ends[0]
    wakeOutput = ends[1]
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
  }

  deinit {
    close(wakeInput)
    close(wakeOutput)
  }

  package func receive() -> Received {
    let hungUp = Int16(POLLERR | POLLHUP | POLLNVAL)
    while true {
      // A negative descriptor is not polled.
      var watched = [
        pollfd(fd: output, events: 0, revents: 0), pollfd(fd: wakeInput, events: Int16(POLLIN), revents: 0),
        pollfd(fd: hasEnded.load(ordering: .relaxed) ? -1 : input, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&watched, nfds_t(watched.count), -1) >= 0 else {
        if errno == EINTR || errno == EAGAIN { continue }
        return .gone
      }
      if watched[0].revents & hungUp != 0, isGone(watched[0].revents) { return .gone }
      if watched[1].revents != 0 {
        var byte: UInt8 = 0
        _ = read(wakeInput, &byte, 1)
        return .woken
      }
      if watched[2].revents != 0, let received = readChunk() { return received }
    }
  }

  /// The next bytes, the end, or nil when there are none yet.
  private func readChunk() -> Received? {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.chunkBytes) { buffer, count in
      let received = read(input, buffer.baseAddress, buffer.count)
      if received < 0 { failure = errno }
      count = max(0, received)
    }
    if !bytes.isEmpty { return .bytes(bytes) }
    if failure == EINTR || failure == EAGAIN { return nil }
    hasEnded.store(true, ordering: .relaxed)
    return .end
  }

  /// Darwin calls some devices, such as `/dev/null`, invalid to poll though they can be written.
  private func isGone(_ events: Int16) -> Bool {
    events & Int16(POLLNVAL) == 0 || fcntl(output, F_GETFD) < 0
  }

  package func send(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let written = write(output, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written >= 0 {
          rest = rest.dropFirst(written)
        } else if errno == EAGAIN {
          var watched = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
          _ = poll(&watched, 1, -1)
        } else if errno != EINTR {
          return false
        }
      }
      return true
    }
  }

  /// Only Linux can be asked not to wait for one write alone; a flag on the descriptor would hold for whoever shares it.
  package func sendAtOnce(_ bytes: [UInt8]) -> Int {
    bytes.withUnsafeBytes { max(0, edgewise_write_at_once(output, $0.baseAddress, $0.count)) }
  }

  package func wake() {
    // A full pipe has wake-ups enough.
    var byte: UInt8 = 1
    _ = write(wakeOutput, &byte, 1)
  }
}
