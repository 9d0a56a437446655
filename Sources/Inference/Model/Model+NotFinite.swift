import Kernels
import ModelFiles

extension Model {
  /// Looks through all tensors of the model's file for the first number that is not finite; nil when all are.
  ///
  /// That reads all weights, so it is done only after logits came out that are no numbers. Copied weights are read from the copy,
  /// which is what the logits came from: the file may have changed meanwhile, or have become shorter. Norms and biases were looked
  /// through when the model was opened.
  func firstNotFinite() -> InferenceError? {
    guard case .file(let file, let copy) = storage, let kernels = KernelSet.usable.last else { return nil }
    for tensor in file.tensors where kernels.supports(tensor.format) {
      let mapped = { (bytes: UnsafeRawBufferPointer) in
        WeightMatrix(format: tensor.format, rows: tensor.rows, columns: tensor.columns, bytes: bytes)
      }
      guard let matrix = copy.map({ $0.matrix(tensor.name) }) ?? mapped(file.bytes(of: tensor)) else { continue }
      let error = withUnsafeTemporaryAllocation(of: Float.self, capacity: tensor.columns) { row -> InferenceError? in
        row.initialize(repeating: 0)
        for index in 0..<tensor.rows {
          kernels.dequantizeRow(index, of: matrix, into: row)
          if !UnsafeBufferPointer(row).isAllFinite {
            let found = row.first { !$0.isFinite } ?? .nan
            return .notFinite(tensor: tensor.name, row: index, found: "\(found)")
          }
        }
        return nil
      }
      if let error { return error }
    }
    return nil
  }
}

extension UnsafeBufferPointer<Float> {
  /// Whether no value is infinite or not a number; integers compare faster than numbers add.
  var isAllFinite: Bool {
    var largest: UInt32 = 0
    for value in self { largest = Swift.max(largest, value.bitPattern & 0x7fff_ffff) }
    return largest < Float.infinity.bitPattern
  }
}
