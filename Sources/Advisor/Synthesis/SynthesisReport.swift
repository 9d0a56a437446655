package import Evidence

/// A GGUF file that was made up.
package struct SynthesisReport: Sendable, Hashable, Codable {
  /// The paths that were written.
  package var files: [String]
  package var architecture: String
  package var format: String
  package var layers: Int
  package var tensorCount: Int
  package var parameterCount: Int
  /// The bytes of the tensors alone.
  package var weightBytes: Int
  /// The bytes of the files.
  package var fileBytes: Int
  package var isSparse: Bool
  package var writeSeconds: Double
  /// What the file is not, as sentences.
  package var notes: [String]
  package var next: [NextStep]
}
