import ArgumentParser

/// A length of time as people write it: `20`, `20s`, `500ms` or `2min`.
struct Seconds: ExpressibleByArgument, Sendable, Hashable {
  let value: Double

  init?(argument: String) {
    let digits = argument.prefix { $0.isNumber || $0 == "." }
    let unit = argument.dropFirst(digits.count).filter { $0 != " " }.lowercased()
    guard let number = Double(digits), let size = Self.sizes[unit] else { return nil }
    value = number * size
  }

  private static let sizes: [String: Double] = ["": 1, "s": 1, "ms": 1e-3, "m": 60, "min": 60, "h": 3600]
}
