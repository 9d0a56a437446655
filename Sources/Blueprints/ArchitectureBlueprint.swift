/// What tensors and keys an architecture has: one value for each, in a file of its family.
///
/// Source of names and sizes: the loaders of llama.cpp (`src/models`, version 0.5.0), which refuse a file that lacks one.
package struct ArchitectureBlueprint: Sendable {
  /// The value of `general.architecture`.
  package let name: String
  /// Adds the architecture's own keys and all tensors.
  let build: @Sendable (inout BlueprintBuilder) throws(BlueprintError) -> Void

  /// Every architecture whose tensors are known, by name.
  package static let all: [ArchitectureBlueprint] = [
    LatentBlueprints.deepseek2,
    GemmaBlueprints.gemma2,
    GemmaBlueprints.gemma3,
    Gemma3nBlueprint.gemma3n,
    Gemma4Blueprint.gemma4,
    GptOssBlueprint.gptOss,
    DenseBlueprints.granite,
    HybridBlueprints.graniteHybrid,
    HybridBlueprints.lfm2,
    HybridBlueprints.lfm2moe,
    DenseBlueprints.llama,
    DenseBlueprints.mistral3,
    DenseBlueprints.olmo2,
    PhiBlueprint.phi3,
    DenseBlueprints.qwen2,
    DenseBlueprints.qwen3,
    HybridBlueprints.qwen35,
    DenseBlueprints.qwen3moe,
    DenseBlueprints.smollm3,
  ]

  /// The entry of that name, or nil when the tensors are not known.
  package static func named(_ name: String) -> ArchitectureBlueprint? { all.first { $0.name == name } }
}
