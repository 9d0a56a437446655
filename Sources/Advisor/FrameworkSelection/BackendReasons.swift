import Evidence
import Knowledge

/// Reasons about the back ends of frameworks, ready made.
struct BackendReasons: Sendable {
  static let shared = BackendReasons()

  let experimental: [Reason]
  private let unusedGPU: [Reason]
  private let unusedNPU: [Reason]

  private init() {
    let records = SelectionTables.shared.records
    experimental = records.map {
      SelectionTables.reason(
        ExperimentalBackend.card, -8, "\($0.name)'s back end for this accelerator is experimental.", .published,
        $0.source)
    }
    func unused(_ kind: String) -> [Reason] {
      records.map {
        SelectionTables.reason(
          AcceleratorWithoutBackend.card, -15, "\($0.name) would leave the \(kind) unused and work on the CPU.",
          .published, $0.source)
      }
    }
    unusedGPU = unused("GPU")
    unusedNPU = unused("NPU")
  }

  /// The reason against a framework that leaves an accelerator unused.
  func unused(_ framework: Framework, _ kind: Situation.Accelerator.Kind) -> Reason {
    kind == .gpu ? unusedGPU[framework.index] : unusedNPU[framework.index]
  }
}

/// The corrections that rows of the platform matrix name.
struct CorrectionsByRow: Sendable {
  static let shared = CorrectionsByRow()
  private let ids: [String: String]

  private init() {
    ids = Dictionary(
      PlatformRow.catalogue.records.compactMap { row in row.correction.map { (row.id, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  func correction(of row: String) -> String? { ids[row] }
}
