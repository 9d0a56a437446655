/// All tensors of one format in a model.
package struct FormatSummary: Hashable, Sendable, Codable {
  /// The name of the format, such as `Q4_K`.
  package var format: String
  package var tensors: Int
  /// How many values they hold.
  package var parameters: Int
  package var bytes: Int
  /// Storage cost of one value, block scales included.
  package var bitsPerParameter: Double

  package init(format: String, tensors: Int, parameters: Int, bytes: Int) {
    self.format = format
    self.tensors = tensors
    self.parameters = parameters
    self.bytes = bytes
    bitsPerParameter = parameters > 0 ? Double(bytes) * 8 / Double(parameters) : 0
  }
}
