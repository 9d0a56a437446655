import Kernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The folder that a small model's files are written to.
struct ProbeFolder {
  let path: String
  let cancellation: Cancellation

  /// Patterns repeat after so many bytes: more than the caches of a core hold, and made in a moment.
  private static let pieceBytes = 4 << 20

  /// Writes a text.
  func write(_ name: String, _ text: String) throws { try write(name, [ProbeBytes(Array(text.utf8))]) }

  /// Writes the stretches one after the other.
  func write(_ name: String, _ stretches: [ProbeBytes]) throws {
    let file = "\(path)/\(name)"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(file) }
    defer { close(descriptor) }
    var pieces: [ProbeBytes.Pattern: [UInt8]] = [:]
    var buffer: [UInt8] = []
    for stretch in stretches {
      var left = stretch.byteCount
      // Those of long random stretches are alike.
      let isLong = left >= Self.pieceBytes
      let piece = (isLong ? pieces[stretch.pattern] : nil) ?? stretch.piece(limit: Self.pieceBytes)
      if isLong { pieces[stretch.pattern] = piece }
      while left > 0, !piece.isEmpty {
        if cancellation.isCancelled { throw Cancelled() }
        buffer.append(contentsOf: piece.prefix(left))
        left -= min(left, piece.count)
        if buffer.count >= Self.pieceBytes { try flush(&buffer, descriptor, file) }
      }
    }
    try flush(&buffer, descriptor, file)
  }

  private func flush(_ buffer: inout [UInt8], _ descriptor: Int32, _ file: String) throws(Refusal) {
    var done = 0
    while done < buffer.count {
      let count = buffer.withUnsafeBytes { bytes in
        bytes.baseAddress.map { posixWrite(descriptor, $0 + done, bytes.count - done) } ?? 0
      }
      guard count > 0 || errno == EINTR else { throw failure(file) }
      done += max(0, count)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func failure(_ file: String) -> Refusal {
    Refusal(
      .measurementFailed,
      "The temporary model '\(file)' could not be written: \(String(cString: strerror(errno))). Free some room, or set TMPDIR "
        + "to another folder.", details: ["path": file])
  }
}

/// The system's `write`, which inside `ProbeFolder` its own methods hide.
private func posixWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
