package import Evidence

/// What one tier's instructions can do at most on this machine, measured in the same sitting with the same threads.
///
/// The roofline model of Williams, Waterman and Patterson (2009): a kernel that does I operations for each byte that it moves
/// reaches at most min(I * bandwidth, arithmetic rate) operations a second.
package struct Roofline: Codable, Sendable, Hashable {
  package var tier: String
  package var memoryBandwidthBytesPerSecond: Quantity
  /// Reading bytes that each thread's own cache holds.
  package var cacheBandwidthBytesPerSecond: Quantity
  package var int8OperationsPerSecond: Quantity
  package var float32OperationsPerSecond: Quantity

  /// What holds a kernel back at its best.
  package enum Ceiling: String, Codable, Sendable, CaseIterable {
    case memoryBandwidth
    case cacheBandwidth
    case int8
    case float32
  }

  /// The arithmetic that a kernel does.
  package enum Arithmetic: Sendable, Hashable {
    case int8
    case float32
  }

  /// A ceiling at one intensity.
  package struct Limit: Sendable, Hashable {
    package let ceiling: Ceiling
    /// The most operations a second that the ceiling allows.
    package let operationsPerSecond: Double
  }

  package init(
    tier: String, memoryBandwidthBytesPerSecond: Quantity, cacheBandwidthBytesPerSecond: Quantity,
    int8OperationsPerSecond: Quantity, float32OperationsPerSecond: Quantity
  ) {
    self.tier = tier
    self.memoryBandwidthBytesPerSecond = memoryBandwidthBytesPerSecond
    self.cacheBandwidthBytesPerSecond = cacheBandwidthBytesPerSecond
    self.int8OperationsPerSecond = int8OperationsPerSecond
    self.float32OperationsPerSecond = float32OperationsPerSecond
  }

  /// The lower of the two ceilings over a kernel that does `operationsPerByte` for each byte from `residence`.
  package func limit(
    operationsPerByte: Double, arithmetic: Arithmetic, residence: KernelShape.Residence
  ) -> Limit {
    let bandwidth = residence == .memory ? memoryBandwidthBytesPerSecond : cacheBandwidthBytesPerSecond
    let rate = arithmetic == .int8 ? int8OperationsPerSecond : float32OperationsPerSecond
    let byBandwidth = operationsPerByte * bandwidth.value
    return byBandwidth < rate.value
      ? Limit(
        ceiling: residence == .memory ? .memoryBandwidth : .cacheBandwidth, operationsPerSecond: byBandwidth)
      : Limit(ceiling: arithmetic == .int8 ? .int8 : .float32, operationsPerSecond: rate.value)
  }
}
