import ArgumentParser

/// A number of tokens as people write it: `8192` or `8k`, which is 8 times 1024.
struct TokenCount: ExpressibleByArgument, Sendable, Hashable {
  let tokens: Int

  init?(argument: String) {
    let text = argument.lowercased()
    let isThousands = text.hasSuffix("k")
    guard let number = Int(isThousands ? String(text.dropLast()) : text) else { return nil }
    let (tokens, overflow) = number.multipliedReportingOverflow(by: isThousands ? 1024 : 1)
    guard !overflow else { return nil }
    self.tokens = tokens
  }
}
