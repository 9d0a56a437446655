import Knowledge

/// The facts of one framework in the form that selection asks for them: bit sets and short lists.
final class FrameworkEntry: Sendable {
  let framework: Framework
  let record: FrameworkRecord
  let runsOnCPU: Bool
  /// By operating system: the architectures that have a build, as bits; bit 0 stands for any.
  private let systems: [UInt32]
  private let kinds: UInt32
  private let modalities: UInt32
  private let fileFormats: Set<String>

  init(_ record: FrameworkRecord, _ framework: Framework) {
    self.record = record
    self.framework = framework
    runsOnCPU = record.runsOnCPU
    systems = Situation.OperatingSystem.allCases.map { system in
      record.systems.filter { $0.operatingSystem == system }.flatMap(\.architectures)
        .reduce(record.systems.contains { $0.operatingSystem == system } ? 1 : 0) { $0 | 2 << UInt32($1.place) }
    }
    kinds = record.modelKinds.reduce(0) { $0 | 1 << UInt32($1.place) }
    modalities = record.modalities.reduce(0) { $0 | 1 << UInt32($1.place) }
    fileFormats = Set(record.fileFormats)
  }

  func runs(on system: Situation.OperatingSystem, _ architecture: Situation.Architecture?) -> Bool {
    systems[system.place] & (architecture.map { 2 << UInt32($0.place) } ?? 1) != 0
  }

  func runs(_ kind: Situation.ModelKind) -> Bool { kind == .other || kinds & 1 << UInt32(kind.place) != 0 }
  func takes(_ modality: Situation.Modality) -> Bool { modalities & 1 << UInt32(modality.place) != 0 }
  func reads(_ format: String) -> Bool { fileFormats.contains(format) }
}

/// A case's place in its list, for tables.
protocol Placed: CaseIterable, Equatable {}

extension Placed {
  var place: Int {
    var place = 0
    for candidate in Self.allCases {
      if candidate == self { return place }
      place += 1
    }
    return place
  }
}

extension Situation.OperatingSystem: Placed {}
extension Situation.Architecture: Placed {}
extension Situation.ModelKind: Placed {}
extension Situation.Modality: Placed {}
