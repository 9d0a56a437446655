import CKernels

extension PeakMeter {
  /// Bytes a second that all threads together read from `bytes`, pass by pass, until `seconds` are over; at least `minimum` passes.
  ///
  /// A pass reads everything as often as makes `passBytes` at least, in pieces that go to whoever is free, as weights do. The
  /// bytes should have been written before, or the system's page of zeros is read.
  /// - Throws: `Cancelled` within milliseconds of raising the flag.
  package func readPasses(
    over bytes: UnsafeRawBufferPointer, passBytes: Int, seconds: Double, minimum: Int = 3,
    cancellation: Cancellation? = nil
  ) throws(Cancelled) -> [Double] {
    // The probe reads whole steps of 512 bytes; a piece is large against the cost of handing it out.
    let piece = max(512, min(1 << 18, bytes.count / (4 * team.threads)) & ~511)
    let pieces = max(1, bytes.count / piece)
    let rounds = max(1, passBytes / (pieces * piece))
    let tier = kernels.tier.number
    let clock = ContinuousClock()
    let begin = clock.now
    var rates: [Double] = []
    repeat {
      let from = clock.now
      try team.forEach(count: pieces * rounds, cancellation: cancellation) { range, _ in
        for index in range {
          _ = ew_probe_read(tier, bytes.baseAddress.map { $0 + index % pieces * piece }, piece)
        }
      }
      rates.append(Double(pieces * rounds * piece) / Self.seconds(clock.now - from))
    } while rates.count < minimum || Self.seconds(clock.now - begin) < seconds
    return rates
  }

  private static func seconds(_ duration: Duration) -> Double {
    max(1e-9, Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18)
  }
}
