extension Situation.Accelerator {
  /// Its name, or what is known of it, for sentences.
  package var title: String { name ?? "\(vendor) \(kind.rawValue)" }

  /// Whether it is of a kind that some framework has a back end for.
  package var isKnown: Bool {
    switch kind {
    case .gpu, .npu, .tpu, .vpu, .dsp: true
    case .fpga, .neuromorphic, .optical, .quantum, .other: false
    }
  }
}
