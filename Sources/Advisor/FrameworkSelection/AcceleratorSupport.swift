import Knowledge

/// Which frameworks can use an accelerator, looked up by what it is.
final class AcceleratorSupport: Sendable {
  /// A back end of one framework.
  final class Backend: Sendable {
    let name: String
    let isExperimental: Bool
    let minimumComputeCapability: Double?

    init(_ backend: FrameworkRecord.Backend) {
      name = backend.backend
      isExperimental = backend.maturity == .experimental
      minimumComputeCapability = backend.minimumComputeCapability
    }
  }

  private struct Key: Hashable {
    let kind: Situation.Accelerator.Kind
    let vendor: String
  }

  private static let all: [Key: AcceleratorSupport] = {
    let entries = SelectionTables.shared.entries
    let keys = Set(entries.flatMap { $0.record.accelerators.map { Key(kind: $0.kind, vendor: $0.vendor) } })
    return Dictionary(
      uniqueKeysWithValues: keys.map { key in
        let backends = entries.map { entry in
          entry.record.accelerators.first { $0.kind == key.kind && $0.vendor == key.vendor }.map(Backend.init)
        }
        return (key, AcceleratorSupport(backends))
      })
  }()

  private let backends: [Backend?]
  /// The names of the frameworks that can use it, for sentences.
  let names: String

  private init(_ backends: [Backend?]) {
    self.backends = backends
    names = zip(SelectionTables.shared.entries, backends).filter { $0.1 != nil }.map(\.0.record.name)
      .joined(separator: ", ")
  }

  /// The support of an accelerator; nil when no framework has a back end for it.
  static func of(_ accelerator: Situation.Accelerator) -> AcceleratorSupport? {
    all[Key(kind: accelerator.kind, vendor: accelerator.vendor)]
  }

  /// The back end of a framework that the accelerator is new enough for.
  func backend(_ framework: Framework, for accelerator: Situation.Accelerator) -> Backend? {
    guard let backend = backends[framework.index] else { return nil }
    if let least = backend.minimumComputeCapability, let has = accelerator.computeCapability, has < least {
      return nil
    }
    return backend
  }
}
