import Kernels

/// Where a model's weights come from, by the names that they have in GGUF files.
protocol WeightSource {
  /// The matrix of a role in a layer, or in the model for the roles that exist once.
  mutating func matrix(_ role: WeightRole, layer: Int) throws(InferenceError) -> WeightMatrix
  /// The `count` values of a norm, bias or other vector.
  mutating func vector(_ name: String, count: Int) throws(InferenceError) -> [Float]
}

extension WeightSource {
  /// The matrices of a role, one for each expert.
  mutating func experts(_ role: WeightRole, layer: Int, count: Int) throws(InferenceError) -> [WeightMatrix] {
    let all = try matrix(role, layer: layer)
    return (0..<count).map { all.part($0 * (all.rows / count), all.rows / count) }
  }
}

extension WeightMatrix {
  /// `count` rows from `begin`, which must be there, and be whole strips of a matrix that is woven.
  func part(_ begin: Int, _ count: Int) -> WeightMatrix {
    let bytes = UnsafeRawBufferPointer(rebasing: bytes[begin * rowByteCount..<(begin + count) * rowByteCount])
    guard
      let part = WeightMatrix(format: format, rows: count, columns: columns, bytes: bytes, layout: layout)
    else {
      preconditionFailure("rows of a matrix are a matrix")
    }
    return part
  }
}
