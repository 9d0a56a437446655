package import JSON

/// What was read of a model: its description, and the lists that it was made from.
package struct ModelContents: Sendable {
  package var description: ModelDescription
  /// The file itself, when it is a GGUF file or was found through something that names one.
  package var gguf: GGUFFile?
  /// The `config.json` of a folder as it stands there; nil for other files.
  package var configuration: JSON?
  /// Makes the list of tensors when it is asked for.
  package var tensors: @Sendable () -> [StoredTensor]
  /// Makes the list of settings when it is asked for.
  package var settings: @Sendable () -> [StoredSetting]

  package init(
    description: ModelDescription, gguf: GGUFFile? = nil, configuration: JSON? = nil,
    tensors: @escaping @Sendable () -> [StoredTensor] = { [] },
    settings: @escaping @Sendable () -> [StoredSetting] = { [] }
  ) {
    self.description = description
    self.gguf = gguf
    self.configuration = configuration
    self.tensors = tensors
    self.settings = settings
  }
}
