import ArgumentParser

/// Names as people write them: `Q4_0,Q8_0`.
struct NameList: ExpressibleByArgument, Sendable, Hashable {
  let names: [String]

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
      .map { String($0.drop { $0 == " " }) }
    guard names.allSatisfy({ !$0.isEmpty }) else { return nil }
    self.names = names
  }
}
