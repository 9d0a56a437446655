#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Logarithms for reading curves that were measured at powers of two.
enum Logarithm {
  static func base2(_ value: Double) -> Double { log2(value) }
  static func power2(_ value: Double) -> Double { exp2(value) }
}
