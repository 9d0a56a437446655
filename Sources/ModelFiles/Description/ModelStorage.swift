/// How the files of a model lie on disk.
package enum ModelStorage: String, Sendable, Codable, CaseIterable {
  /// One file.
  case file
  /// Several files that one name or index puts together.
  case parts
  /// A folder with the weights, the configuration and the tokenizer.
  case folder
  /// The blobs of Ollama's store, under a name.
  case ollama
}
