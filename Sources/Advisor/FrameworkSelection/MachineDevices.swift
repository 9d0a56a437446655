import Knowledge

/// The accelerators of a machine with the frameworks that can use them.
struct MachineDevices {
  private let accelerators: [(accelerator: Situation.Accelerator, support: AcceleratorSupport?)]
  private let row: String?
  private let suitsStaticShapes: Bool
  /// The kind of an accelerator that some framework could use for the model; nil when there is none.
  let idleKind: Situation.Accelerator.Kind?

  init(_ situation: Situation, row: String?) {
    let suitsStaticShapes = situation.suitsStaticShapes
    self.suitsStaticShapes = suitsStaticShapes
    self.row = row
    accelerators = (situation.machine.accelerators ?? []).map { ($0, AcceleratorSupport.of($0)) }
    idleKind =
      row == "arm-board"
      ? nil
      : accelerators.first { accelerator, support in
        support != nil && accelerator.kind != .tpu && (accelerator.kind != .npu || suitsStaticShapes)
      }?.accelerator.kind
  }

  /// Whether a framework can use any of them at all.
  func hasBackend(_ framework: Framework) -> Bool {
    accelerators.contains { $0.support?.backend(framework, for: $0.accelerator) != nil }
  }

  /// The accelerator that a framework would use, with its back end; on small boards the CPU, which is faster there.
  func device(
    for framework: Framework
  ) -> (accelerator: Situation.Accelerator, backend: AcceleratorSupport.Backend)? {
    guard row != "arm-board" else { return nil }
    var best: (accelerator: Situation.Accelerator, backend: AcceleratorSupport.Backend)?
    var bestRank = -1
    for (accelerator, support) in accelerators {
      guard let backend = support?.backend(framework, for: accelerator) else { continue }
      if accelerator.kind == .npu, !suitsStaticShapes { continue }
      var rank = backend.isExperimental ? 0 : 4
      rank += (accelerator.kind == .gpu) == prefersNeural ? 0 : 2
      rank += accelerator.sharesMemory == true ? 0 : 1
      if rank > bestRank { (best, bestRank) = ((accelerator, backend), rank) }
    }
    return best
  }

  private var prefersNeural: Bool {
    switch row {
    case "intel-npu", "edge-tpu", "embedded-npu", "windows-arm": true
    default: false
    }
  }
}
