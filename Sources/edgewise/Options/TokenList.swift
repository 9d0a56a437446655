import ArgumentParser

/// Token ids as people write them: `1,2,3`.
struct TokenList: ExpressibleByArgument, Sendable, Hashable {
  let ids: [Int]

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let ids = parts.compactMap { Int($0.drop { $0 == " " }) }
    guard ids.count == parts.count else { return nil }
    self.ids = ids
  }
}
