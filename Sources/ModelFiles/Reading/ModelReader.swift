/// A format of model files: how to recognize it and how to read it.
package protocol ModelReader: SendableMetatype {
  /// The format in a sentence, such as `a GGUF file`.
  static var title: String { get }

  /// Whether `place` is of this format, by its signature or contents; a damaged file of the format is still of it.
  static func recognizes(_ place: ModelPlace) -> Bool

  /// Reads the model; the error names the file, the place, what was expected and what was found.
  static func read(_ place: ModelPlace) throws(ModelFileError) -> ModelContents
}

/// Every format, in the order in which they are asked.
package enum ModelReaders {
  package static let all: [any ModelReader.Type] = [
    DiffusersReader.self,
    HuggingFaceReader.self,
    GGUFReader.self,
    SafetensorsReader.self,
    OpenVINOReader.self,
    ONNXReader.self,
  ]
}
