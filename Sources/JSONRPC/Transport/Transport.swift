/// A pair of byte streams to a client: one thread reads, one writes, any may wake the reader.
package protocol Transport: Sendable {
  /// Waits for the next thing to happen.
  ///
  /// After `.end` it waits for a wake-up, or for the client to stop listening.
  func receive() -> Received

  /// Writes all of `bytes`, waiting as long as it takes; false when nobody listens any more.
  func send(_ bytes: [UInt8]) -> Bool

  /// Writes as much of `bytes` as goes without waiting, and returns how many that were: perhaps none.
  func sendAtOnce(_ bytes: [UInt8]) -> Int

  /// Makes one `receive`, the present or the next, return `.woken`.
  func wake()
}

extension Transport {
  package func sendAtOnce(_ bytes: [UInt8]) -> Int { 0 }
}

/// What a reader waited for.
package enum Received: Sendable, Hashable {
  /// The next bytes, one at least.
  case bytes([UInt8])
  /// The client sends no more.
  case end
  /// The client no longer listens.
  case gone
  /// Another thread wants the reader's attention.
  case woken
}
