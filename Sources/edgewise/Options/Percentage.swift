import ArgumentParser

/// A fraction as people write it: `0.02` or `2%`.
struct Percentage: ExpressibleByArgument, Sendable, Hashable {
  let fraction: Double

  init?(argument: String) {
    let isPercent = argument.hasSuffix("%")
    guard let number = Double(isPercent ? String(argument.dropLast()) : argument) else { return nil }
    fraction = isPercent ? number / 100 : number
  }
}
