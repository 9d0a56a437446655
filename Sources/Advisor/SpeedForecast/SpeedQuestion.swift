package import Kernels

/// How fast a model would run.
package struct SpeedQuestion: Sendable, Hashable {
  /// A path or a name of the catalogue.
  package var model: String
  /// nil for the machine that runs this process.
  package var machine: MachineReference?
  /// The file type, such as `Q4_K_M`; nil for the file's own, or the default for a name of the catalogue.
  package var format: String?
  /// The engine's id; nil for our own.
  package var engine: String?
  /// The build of the engine whose calibration is to be used; nil for the latest.
  package var build: String?
  /// Whether a kept calibration of the engine is used, rather than what is usual for it.
  package var isCalibrated = true
  /// nil for the threads that the machine's profile was measured with.
  package var threads: Int?
  package var promptTokens = Self.defaultPromptTokens
  /// Tokens that are in the KV cache before the prompt.
  package var depthTokens = 0
  package var cacheFormat = CellFormat.f16
  /// The most tokens that pass through the layers at once; nil for the engine's own default.
  package var batchTokens: Int?

  package init(model: String) { self.model = model }

  package static let defaultPromptTokens = 512
  package static let defaultFormat = "Q4_K_M"
}
