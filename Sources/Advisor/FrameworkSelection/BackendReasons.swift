import Evidence
import Knowledge

/// Reasons about the back ends of frameworks, ready made.
struct BackendReasons: Sendable {
  static let shared = BackendReasons()

  let experimental: [Prepared<Reason>]
  private let unusedGPU: [Prepared<Reason>]
  private let unusedNPU: [Prepared<Reason>]

  private init() {
    let entries = SelectionTables.shared.entries
    experimental = entries.map {
      SelectionTables.reason(
        ExperimentalBackend.card, -8, "\($0.record.name)'s back end for this accelerator is experimental.", .published,
        $0.record.source)
    }
    func unused(_ kind: String) -> [Prepared<Reason>] {
      entries.map {
        SelectionTables.reason(
          AcceleratorWithoutBackend.card, -15, "\($0.record.name) would leave the \(kind) unused and work on the CPU.",
          .published, $0.record.source)
      }
    }
    unusedGPU = unused("GPU")
    unusedNPU = unused("NPU")
  }

  /// The reason against a framework that leaves an accelerator unused.
  func unused(_ framework: Framework, _ kind: Situation.Accelerator.Kind) -> Prepared<Reason> {
    kind == .gpu ? unusedGPU[framework.index] : unusedNPU[framework.index]
  }
}
