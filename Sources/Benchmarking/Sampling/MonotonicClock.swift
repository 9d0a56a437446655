#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A clock that never goes back; tests inject their own.
package struct MonotonicClock: Sendable {
  /// The seconds since some fixed moment.
  package let nowSeconds: @Sendable () -> Double

  package init(nowSeconds: @escaping @Sendable () -> Double) { self.nowSeconds = nowSeconds }

  /// The system's monotonic clock.
  package static let system = MonotonicClock {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
