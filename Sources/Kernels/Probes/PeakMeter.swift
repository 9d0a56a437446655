import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Short measurements of what a machine can do at most: the ceilings that benchmarks are compared with.
package struct PeakMeter: Sendable {
  /// The tier whose instructions are used.
  package let kernels: KernelSet
  /// The threads that work.
  package let team: ThreadTeam

  package init(kernels: KernelSet, team: ThreadTeam) {
    self.kernels = kernels
    self.team = team
  }

  /// Bytes a second that all threads together read from a buffer, which should be many times the last-level cache.
  ///
  /// The best of the passes that fit in `seconds`, at least one; the buffer is written once before.
  /// - Throws: `Cancelled` within milliseconds of raising the flag, or `OutOfMemory`.
  package func readBandwidth(
    bufferByteCount: Int, seconds: Double, cancellation: Cancellation? = nil
  ) throws -> Double {
    try readBandwidths(bufferByteCount: bufferByteCount, spells: 1, seconds: seconds, cancellation: cancellation)
      .max() ?? 0
  }

  /// `readBandwidth` of each of `spells` spells of `seconds / spells`, one after the other on one buffer.
  package func readBandwidths(
    bufferByteCount: Int, spells: Int, seconds: Double, cancellation: Cancellation? = nil
  ) throws -> [Double] {
    let piece = 1 << 20
    let pieces = max(1, bufferByteCount / piece)
    let buffer = try AlignedBuffer(byteCount: pieces * piece)
    let bytes = buffer.bytes
    try team.forEach(count: pieces, cancellation: cancellation) { range, _ in
      for index in range {
        // memset, because the standard library's generic loop is slow where it is not optimized.
        if let base = bytes.baseAddress { memset(base + index * piece, Int32(index & 0x7f) | 1, piece) }
      }
    }
    let tier = kernels.tier.number
    return try (0..<spells).map { _ in
      try best(seconds: seconds / Double(spells)) { () throws(Cancelled) -> Double in
        try team.forEach(count: pieces, cancellation: cancellation) { range, _ in
          for index in range { _ = ew_probe_read(tier, bytes.baseAddress.map { $0 + index * piece }, piece) }
        }
        return Double(pieces * piece)
      }
    }
  }

  /// int8 operations a second (a multiply and an add are two) of all threads together, in registers.
  package func int8OperationsPerSecond(seconds: Double, cancellation: Cancellation? = nil) throws(Cancelled) -> Double {
    let tier = kernels.tier.number
    return try operations(seconds: seconds, cancellation: cancellation) { ew_probe_int8(tier, $0) }
  }

  /// f32 operations a second (a multiply and an add are two) of all threads together, in registers.
  package func float32OperationsPerSecond(
    seconds: Double, cancellation: Cancellation? = nil
  ) throws(Cancelled) -> Double {
    let tier = kernels.tier.number
    return try operations(seconds: seconds, cancellation: cancellation) { ew_probe_f32(tier, $0) }
  }

  private func operations(
    seconds: Double, cancellation: Cancellation?, _ probe: (Int) -> UInt64
  ) throws(Cancelled) -> Double {
    let rounds = 16_384
    let pieces = 8 * team.threads
    let operationsPerPiece = Double(probe(1)) * Double(rounds)
    return try best(seconds: seconds) { () throws(Cancelled) -> Double in
      try team.forEach(count: pieces, cancellation: cancellation) { range, _ in
        for _ in range { _ = probe(rounds) }
      }
      return operationsPerPiece * Double(pieces)
    }
  }

  /// Repeats `pass`, which returns its amount of work, until `seconds` are over; the best amount per second.
  func best(seconds: Double, _ pass: () throws(Cancelled) -> Double) throws(Cancelled) -> Double {
    let clock = ContinuousClock()
    let begin = clock.now
    var best = 0.0
    repeat {
      let from = clock.now
      let amount = try pass()
      best = max(best, amount / (clock.now - from).seconds)
    } while (clock.now - begin).seconds < seconds
    return best
  }
}

extension Duration {
  fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
