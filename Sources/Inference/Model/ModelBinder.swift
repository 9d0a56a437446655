import Kernels
import ModelFiles
import TensorFormats

/// Takes tensors out of a file, checking each, and remembers what was taken.
struct ModelBinder {
  let file: GGUFFile
  /// Where matrices are copied to; nil when they stay in the mapped file.
  let copy: WeightCopy?
  /// The model's dimensions, once they are known.
  var shape: TransformerShape?
  private(set) var matrices: [PlannedMatrix] = []
  private(set) var vectorBytes = 0
  private var taken: Set<String> = []

  init(file: GGUFFile, copy: WeightCopy? = nil) {
    self.file = file
    self.copy = copy
  }

  /// The values of a tensor that is no matrix, or nil when the file does not have it.
  ///
  /// Throws `notFinite` when one is no finite number.
  mutating func vector(_ name: String) throws(InferenceError) -> [Float]? {
    guard let tensor = file.tensor(named: name) else { return nil }
    guard tensor.format.valuesPerBlock == 1, KernelSet.formats.contains(tensor.format) else {
      throw .unsupportedFormat(tensor: name, format: tensor.format, supported: [.f32, .f16, .bf16])
    }
    guard tensor.columns > 0, tensor.valueCount <= 1 << 24, let kernels = KernelSet.usable.first else {
      throw .wrongTensorShape(tensor: name, expected: [tensor.columns], found: tensor.shape)
    }
    if taken.insert(name).inserted { vectorBytes += tensor.byteCount }
    let values = [Float](unsafeUninitializedCapacity: tensor.valueCount) { buffer, count in
      kernels.dequantizeRow(
        file.bytes(of: tensor), format: tensor.format, columns: tensor.valueCount, into: buffer)
      count = tensor.valueCount
    }
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(tensor: name, row: place / tensor.columns, found: "\(values[place])")
    }
    return values
  }

  /// Other biases, experts or norms would change what a layer computes; only those that are applied may be there.
  func refuseUnusedLayerTensors() throws(InferenceError) {
    for tensor in file.tensors where tensor.name.hasPrefix("blk.") && !taken.contains(tensor.name) {
      throw .unexpectedTensor(tensor.name)
    }
  }
}

extension ModelBinder: WeightSource {
  mutating func matrix(_ role: WeightRole, layer: Int) throws(InferenceError) -> WeightMatrix {
    let shape = known
    let place = place(of: role, layer: layer)
    guard let tensor = file.tensor(named: place.name) else { throw .missingTensor(place.name) }
    guard tensor.columns == place.shape[0], tensor.rows == place.shape.dropFirst().reduce(1, *),
      !role.isExperts || tensor.shape == place.shape
    else { throw .wrongTensorShape(tensor: place.name, expected: place.shape, found: tensor.shape) }
    guard KernelSet.formats.contains(tensor.format) else {
      throw .unsupportedFormat(tensor: place.name, format: tensor.format, supported: KernelSet.formats)
    }
    let rows = role.size(in: shape).rows
    let whole =
      if let copy { copy.place(tensor, of: file, partRows: partRows(of: role, tensor, rows: rows)) } else {
        WeightMatrix(
          format: tensor.format, rows: tensor.rows, columns: tensor.columns, bytes: file.bytes(of: tensor))
      }
    guard let whole else { throw .wrongTensorShape(tensor: place.name, expected: place.shape, found: tensor.shape) }
    let matrix = whole.part(place.row, rows)
    taken.insert(place.name)
    matrices.append(
      PlannedMatrix(
        role: role, layer: layer, format: matrix.format, rows: matrix.rows, columns: matrix.columns,
        byteCount: matrix.rows * matrix.rowByteCount))
    return matrix
  }

  mutating func vector(_ name: String, count: Int) throws(InferenceError) -> [Float] {
    if let part = try fusedBias(name, count: count) { return part }
    guard let values = try vector(name) else { throw .missingTensor(name) }
    guard values.count == count else {
      throw .wrongTensorShape(tensor: name, expected: [count], found: [values.count])
    }
    return values
  }

  private var known: TransformerShape {
    guard let shape else { preconditionFailure("a model's dimensions come before its weights") }
    return shape
  }

  /// The tensor that holds a matrix, its dimensions, and the matrix's first row in it: some files keep query, key and value, or
  /// gate and up, one after the other in one tensor.
  private func place(of role: WeightRole, layer: Int) -> (name: String, shape: [Int], row: Int) {
    let shape = known
    let fusedProjection = "blk.\(layer).attn_qkv.weight"
    let first: Int? =
      switch role {
      case .query: 0
      case .key: shape.querySize
      case .value: shape.querySize + shape.kvSize
      default: nil
      }
    if let first, file.tensor(named: fusedProjection) != nil {
      return (fusedProjection, [shape.hiddenSize, shape.querySize + 2 * shape.kvSize], first)
    }
    let up = WeightRole.up.tensorName(layer: layer)
    if role == .gate || role == .up, file.tensor(named: WeightRole.gate.tensorName(layer: layer)) == nil,
      file.tensor(named: up)?.rows == 2 * shape.intermediateSize
    {
      return (up, [shape.hiddenSize, 2 * shape.intermediateSize], role == .gate ? 0 : shape.intermediateSize)
    }
    return (role.tensorName(layer: layer), role.tensorShape(in: shape), 0)
  }

  /// A number of rows of which all matrices within the tensor begin and end at multiples.
  private func partRows(of role: WeightRole, _ tensor: TensorDescription, rows: Int) -> Int {
    if role.isExperts { return rows / max(1, known.experts?.count ?? 1) }
    // Of tensors that fuse several matrices, the roles' sizes divide the whole alike only when they have this in common.
    if tensor.rows == rows { return rows }
    return [known.querySize, known.kvSize, known.intermediateSize].allSatisfy { $0 % KernelSet.stripRows == 0 }
      ? KernelSet.stripRows : 1
  }

  /// The part of a fused bias that a file has in place of the biases of query, key and value.
  private mutating func fusedBias(_ name: String, count: Int) throws(InferenceError) -> [Float]? {
    guard let shape, name.hasSuffix(".bias"), file.tensor(named: name) == nil else { return nil }
    let parts = [("attn_q.bias", 0), ("attn_k.bias", shape.querySize), ("attn_v.bias", shape.querySize + shape.kvSize)]
    guard let (suffix, begin) = parts.first(where: { name.hasSuffix($0.0) }) else { return nil }
    let fusedName = String(name.dropLast(suffix.count)) + "attn_qkv.bias"
    guard let fused = try vector(fusedName) else { return nil }
    let size = shape.querySize + 2 * shape.kvSize
    guard fused.count == size else {
      throw .wrongTensorShape(tensor: fusedName, expected: [size], found: [fused.count])
    }
    return Array(fused[begin..<begin + count])
  }
}
