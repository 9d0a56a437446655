package import Evidence
package import JSON
package import ModelFiles

/// Everything that inspecting a model tells.
package struct ModelReport: Codable, Sendable, Hashable {
  package var model: ModelDescription
  /// The metadata of the file, at most `mostItems` pairs; nil when not asked for or when there is no file.
  package var metadata: [MetadataItem]?
  /// The tensors of the file, at most `mostItems`; nil when not asked for or when there is no file.
  package var tensors: [TensorItem]?
  /// What it takes in llama.cpp, as `model/memory` has it.
  package var memory: MemoryForecast
  /// What one more token of context costs while no window is full; nil when the layers are not known.
  package var kvBytesPerToken: Quantity?
  /// The memory at some other contexts, shortest first, up to the longest that the model was made for.
  package var memoryByContext: [ContextNeed]
  package var quantizations: [QuantizationFit]
  /// What each framework can do with the files; empty for a name of the catalogue.
  package var frameworks: [FrameworkLoading]
  package var assumptions: [Assumption]
  package var next: [NextStep]

  /// How many metadata pairs, and how many tensors, one report shows.
  package static let mostItems = 5000
  /// The values of `model.fileFormat`.
  package static let fileFormats = FileFormat.allCases.map(\.rawValue)
  /// The values of `model.storage`.
  package static let storages = ModelStorage.allCases.map(\.rawValue)
  /// The values of `model.layout`.
  package static let layouts = ModelLayout.allCases.map(\.rawValue)
  /// The values of `model.kind`.
  package static let modelKinds = ModelKind.allCases.map(\.rawValue)
  /// The values of `model.modalities`.
  package static let modalities = Modality.allCases.map(\.rawValue)
  /// The values of `model.components`' roles.
  package static let componentRoles = ModelComponent.Role.allCases.map(\.rawValue)
  /// The values of `model.attention`.
  package static let attentionKinds = AttentionKind.allCases.map(\.rawValue)
  /// The values of `model.tokenizer.kind`.
  package static let tokenizerKinds = TokenizerDescription.Kind.allCases.map(\.rawValue)

  /// A metadata pair as people read it.
  package struct MetadataItem: Codable, Sendable, Hashable {
    package var key: String
    /// The type as GGUF names it; for an array, that of its elements followed by `[]`.
    package var type: String
    /// A number, a truth value or the first 200 bytes of a text; nil for arrays.
    package var value: JSON?
    /// The elements of an array, or the bytes of a text that was shortened.
    package var count: Int?
  }

  /// A tensor as people read it.
  package struct TensorItem: Codable, Sendable, Hashable {
    package var name: String
    /// Row length first.
    package var shape: [Int]
    package var format: String
    package var bytes: Int
    /// From the start of its file; nil when the format does not say.
    package var byteOffset: Int?
    /// Which file of a split model, from 0.
    package var fileIndex: Int
  }

  /// The memory that a context takes.
  package struct ContextNeed: Codable, Sendable, Hashable {
    package var contextTokens: Int
    package var kvCacheBytes: Quantity?
    package var totalBytes: Quantity
  }
}
