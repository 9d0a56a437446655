import Kernels
import ModelFiles
import TensorFormats

/// Takes tensors out of a file, checking each, and remembers what was taken.
struct ModelBinder {
  let file: GGUFFile
  private(set) var matrices: [PlannedMatrix] = []
  private(set) var vectorBytes = 0
  private var taken: Set<String> = []

  init(file: GGUFFile) {
    self.file = file
  }

  mutating func matrix(_ role: WeightRole, layer: Int, shape: TransformerShape) throws(InferenceError) -> WeightMatrix {
    let name = role.tensorName(layer: layer)
    let (columns, rows) = role.size(in: shape)
    guard let tensor = file.tensor(named: name) else { throw .missingTensor(name) }
    guard tensor.columns == columns, tensor.rows == rows else {
      throw .wrongTensorShape(tensor: name, expected: [columns, rows], found: tensor.shape)
    }
    guard KernelSet.formats.contains(tensor.format) else {
      throw .unsupportedFormat(tensor: name, format: tensor.format, supported: KernelSet.formats)
    }
    guard
      let matrix = WeightMatrix(format: tensor.format, rows: rows, columns: columns, bytes: file.bytes(of: tensor))
    else { throw .wrongTensorShape(tensor: name, expected: [columns, rows], found: tensor.shape) }
    taken.insert(name)
    matrices.append(
      PlannedMatrix(
        role: role, layer: layer, format: tensor.format, rows: rows, columns: columns, byteCount: tensor.byteCount))
    return matrix
  }

  /// The values of a one-dimensional tensor, or nil when the file does not have it.
  mutating func vector(_ name: String) throws(InferenceError) -> [Float]? {
    guard let tensor = file.tensor(named: name) else { return nil }
    guard tensor.format.valuesPerBlock == 1, KernelSet.formats.contains(tensor.format) else {
      throw .unsupportedFormat(tensor: name, format: tensor.format, supported: [.f32, .f16, .bf16])
    }
    guard tensor.rows == 1, tensor.columns <= 1 << 22, let kernels = KernelSet.usable.first else {
      throw .wrongTensorShape(tensor: name, expected: [tensor.columns], found: tensor.shape)
    }
    taken.insert(name)
    vectorBytes += tensor.byteCount
    return [Float](unsafeUninitializedCapacity: tensor.columns) { buffer, count in
      kernels.dequantizeRow(file.bytes(of: tensor), format: tensor.format, columns: tensor.columns, into: buffer)
      count = tensor.columns
    }
  }

  mutating func vector(_ name: String, count: Int) throws(InferenceError) -> [Float] {
    guard let values = try vector(name) else { throw .missingTensor(name) }
    guard values.count == count else {
      throw .wrongTensorShape(tensor: name, expected: [count], found: [values.count])
    }
    return values
  }

  mutating func layer(_ layer: Int, shape: TransformerShape) throws(InferenceError) -> LayerWeights {
    let prefix = "blk.\(layer)."
    var weights = LayerWeights(
      attentionNorm: try vector(prefix + "attn_norm.weight", count: shape.hiddenSize),
      query: try matrix(.query, layer: layer, shape: shape), key: try matrix(.key, layer: layer, shape: shape),
      value: try matrix(.value, layer: layer, shape: shape),
      attentionOutput: try matrix(.attentionOutput, layer: layer, shape: shape),
      feedForwardNorm: try vector(prefix + "ffn_norm.weight", count: shape.hiddenSize),
      gate: try matrix(.gate, layer: layer, shape: shape), up: try matrix(.up, layer: layer, shape: shape),
      down: try matrix(.down, layer: layer, shape: shape))
    if shape.hasProjectionBias {
      weights.biases = (
        try vector(prefix + "attn_q.bias", count: shape.querySize),
        try vector(prefix + "attn_k.bias", count: shape.kvSize),
        try vector(prefix + "attn_v.bias", count: shape.kvSize)
      )
    }
    if shape.hasHeadNorm {
      weights.headNorms = (
        try vector(prefix + "attn_q_norm.weight", count: shape.headSize),
        try vector(prefix + "attn_k_norm.weight", count: shape.headSize)
      )
    }
    return weights
  }

  /// Other biases, experts or norms would change what a layer computes; only those that are applied may be there.
  func refuseUnusedLayerTensors() throws(InferenceError) {
    for tensor in file.tensors where tensor.name.hasPrefix("blk.") && !taken.contains(tensor.name) {
      throw .unexpectedTensor(tensor.name)
    }
  }
}
