import Evidence

/// How an engine of which no source is followed keeps its cache and buffers.
struct EngineRule: Sendable {
  /// The cache is given out in pieces of so many tokens.
  let cacheStep: Int
  /// The bytes of a cached value unless the caller says otherwise.
  let cacheBytesPerValue: Double
  /// Whether layers with a window keep only the window.
  let cutsWindows: Bool
  /// Memory beside weights and cache, as a share of both, and its range.
  let headroom: Quantity
  let cacheEvidence: Evidence
  let cacheSource: String

  static let rules: [MemoryEngine: EngineRule] = [
    .openVINO: EngineRule(
      cacheStep: 32, cacheBytesPerValue: 1 + 4.0 / 128, cutsWindows: false,
      headroom: Quantity(
        0.1, low: 0.05, high: 0.3, evidence: .assumed, source: "no published rule; a tenth of weights and cache"),
      cacheEvidence: .published,
      cacheSource:
        "OpenVINO's CPU plugin caches in u8 with a scale and zero point for each head, in blocks of 32 tokens"),
    .mlx: EngineRule(
      cacheStep: 256, cacheBytesPerValue: 2, cutsWindows: true,
      headroom: Quantity(
        0.2, low: 0.1, high: 0.4, evidence: .published,
        source: "mlxcel's default of a fifth; peaks of long prompts pass it (mlxcel #807)"),
      cacheEvidence: .published, cacheSource: "mlx-lm's caches grow by 256 tokens in the model's 16-bit format"),
    .vllm: EngineRule(
      cacheStep: 16, cacheBytesPerValue: 2, cutsWindows: false,
      headroom: Quantity(
        0.1, low: 0.05, high: 0.3, evidence: .assumed,
        source: "activations and graphs; vLLM then fills 0.9 of the device's memory with cache"),
      cacheEvidence: .published,
      cacheSource: "vLLM keeps pages of 16 tokens, full ones for layers with a window too (hf-mem #70)"),
    .onnxRuntime: EngineRule(
      cacheStep: 1, cacheBytesPerValue: 4, cutsWindows: false,
      headroom: Quantity(0.15, low: 0.05, high: 0.4, evidence: .assumed, source: "no published rule"),
      cacheEvidence: .assumed,
      cacheSource: "ONNX Runtime GenAI reserves the whole context; its CPU models cache in f32"),
  ]
}
