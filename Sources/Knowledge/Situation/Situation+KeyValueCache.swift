extension Situation {
  /// The bytes of the key-value cache: as stated by the engine, or else computed from the model's shape, the context and
  /// the cache's format; nil when neither is known.
  package var keyValueCacheBytes: Int? {
    if let stated = run.keyValueBytes { return stated }
    guard let perToken = model.keyValueBytesPerToken, let tokens = run.contextLength ?? goals.contextLength else {
      return nil
    }
    let share = run.keyValueFormat.map(Self.keyValueFormatShare) ?? 1
    let bytes = (Double(perToken) * Double(tokens) + Double(model.keyValueFixedBytes ?? 0)) * share
    return Int(exactly: bytes.rounded())
  }

  /// The size of a cache format over that of 16 bits: block bytes over values, as in `ggml-common.h`.
  private static func keyValueFormatShare(_ format: String) -> Double {
    switch format.lowercased() {
    case "f32": 2
    case "q8_0": 34.0 / 64
    case "u8", "i8", "int8", "fp8", "fp8_e5m2", "fp8_e4m3": 0.5
    case "q5_1": 24.0 / 64
    case "q5_0": 22.0 / 64
    case "q4_1": 20.0 / 64
    case "q4_0", "iq4_nl": 18.0 / 64
    default: 1
    }
  }

  /// The weights that one token reads, in bytes: all of them where nothing else is said.
  package var bytesPerTokenOfWeights: Int? { model.activeWeightBytes ?? model.weightBytes }

  /// Whether the CPU does the work: true without accelerators or offloaded layers, nil when neither is known.
  package var runsOnCPU: Bool? {
    if let layers = run.offloadedLayerCount { return layers == 0 }
    return machine.accelerators.flatMap { $0.isEmpty ? true : nil }
  }

  /// Which of `ids` are among the messages of the log.
  package func messages(among ids: [String]) -> [String] {
    (run.messages ?? []).filter(ids.contains)
  }
}
