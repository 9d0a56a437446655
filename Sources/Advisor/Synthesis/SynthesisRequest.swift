package import JSON

/// A GGUF file to make up.
package struct SynthesisRequest: Sendable, Hashable, Codable {
  /// A name of the catalogue, a GGUF file whose tensors are to be had in another format, or a `config.json`; nil when `shape`
  /// says everything.
  package var model: String?
  /// Numbers of the shape, by the names of `ModelShape.optionNames`; they replace those of the model.
  package var shape: JSON?
  /// The file type, such as `Q4_K_M`.
  package var format: String?
  /// The path of the file; for a split model, of its stem with `.gguf`.
  package var output: String
  /// So many layers instead of the model's.
  package var layers: Int?
  /// Whether there may be more layers than the model has, by repeating them.
  package var repeatsLayers: Bool?
  package var overwrite: Bool?
  /// Whether weights are holes in the file: zeros that take no room on disk, for looking at memory alone.
  package var sparse: Bool?
  /// The most bytes of tensors in one file.
  package var splitBytes: Int?
  package var seed: Int?

  package init(output: String) { self.output = output }

  package static let defaultFormat = "Q4_K_M"
}
