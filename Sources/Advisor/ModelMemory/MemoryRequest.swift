/// Which model's memory to compute, and for what.
package struct MemoryRequest: Sendable, Codable {
  /// A path or a name of the catalogue.
  package var model: String
  /// The format of the weights: a file type of llama.cpp, or `framework/name`; nil for the file's own, or Q4_K_M.
  package var format: String?
  package var engine: MemoryEngine?
  package var contextTokens: Int?
  package var microBatchTokens: Int?
  package var batchTokens: Int?
  package var sequences: Int?
  package var isUnified: Bool?
  package var keyFormat: KVCacheFormat?
  package var valueFormat: KVCacheFormat?
  package var flashAttention: FlashAttention?
  package var keepsFullWindow: Bool?
  package var outputTokens: Int?
  /// The path of a projector for images or sound.
  package var projector: String?
  /// The memory that there is; nil for that of `machine`.
  package var budgetBytes: Int?
  package var machine: MachineReference?

  /// Whether attention is computed in one operation.
  package enum FlashAttention: String, Sendable, Codable, CaseIterable {
    /// On where the engine can, which a CPU always can.
    case auto
    case on
    case off
  }

  package init(model: String) { self.model = model }

  /// The context that is computed for when none is asked for, or less if the model ends there.
  static let defaultContextTokens = 4096
}
