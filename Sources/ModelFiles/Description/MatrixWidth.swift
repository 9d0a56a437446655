/// All matrices of a model whose rows have one length; it decides which block formats fit.
package struct MatrixWidth: Hashable, Sendable, Codable {
  /// The values of a row.
  package var columns: Int
  package var tensors: Int
  /// How many values they hold.
  package var parameters: Int

  package init(columns: Int, tensors: Int, parameters: Int) {
    self.columns = columns
    self.tensors = tensors
    self.parameters = parameters
  }

  mutating func add(_ tensor: TensorDescription) {
    tensors += 1
    parameters &+= tensor.valueCount
  }
}
