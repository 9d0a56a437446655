import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension PeakMeter {
  /// Bytes a second that all threads together read from `bytesPerThread` of their own again and again, small enough for a cache.
  ///
  /// The best of the passes of about a millisecond that fit in `seconds`, at least one.
  /// - Throws: `Cancelled` within milliseconds of raising the flag, or `OutOfMemory`.
  package func cacheBandwidth(
    bytesPerThread: Int, seconds: Double, cancellation: Cancellation? = nil
  ) throws -> Double {
    // The probe reads whole steps of 512 bytes.
    let size = max(512, bytesPerThread & ~511)
    let buffer = try AlignedBuffer(byteCount: size * team.threads)
    if let base = buffer.bytes.baseAddress { memset(base, 0x35, buffer.bytes.count) }
    let bytes = buffer.bytes
    let tier = kernels.tier.number
    // Some 64 MiB a pass and thread: a millisecond or more even from the innermost cache.
    let rounds = max(1, (4 << 20) / size)
    let pieces = 16 * team.threads
    return try best(seconds: seconds) { () throws(Cancelled) -> Double in
      try team.forEach(count: pieces, cancellation: cancellation) { range, worker in
        for _ in 0..<range.count * rounds {
          _ = ew_probe_read(tier, bytes.baseAddress.map { $0 + worker * size }, size)
        }
      }
      return Double(pieces * rounds * size)
    }
  }
}
