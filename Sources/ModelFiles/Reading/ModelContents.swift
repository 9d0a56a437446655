/// What was read of a model: its description, and the lists that it was made from.
package struct ModelContents: Sendable {
  package var description: ModelDescription
  /// The file itself, when it is a GGUF file or was found through something that names one.
  package var gguf: GGUFFile?
  /// Makes the list of tensors when it is asked for.
  package var tensors: @Sendable () -> [StoredTensor]
  /// Makes the list of settings when it is asked for.
  package var settings: @Sendable () -> [StoredSetting]

  package init(
    description: ModelDescription, gguf: GGUFFile? = nil, tensors: @escaping @Sendable () -> [StoredTensor] = { [] },
    settings: @escaping @Sendable () -> [StoredSetting] = { [] }
  ) {
    self.description = description
    self.gguf = gguf
    self.tensors = tensors
    self.settings = settings
  }
}
