package import Kernels
import TensorFormats

extension Model {
  /// Makes a model of `shape` with weights of `recipe` that mean nothing but cost what real ones cost.
  ///
  /// Layers beyond `workingSetBytes` reuse the memory of earlier ones, so that a model larger than memory can be
  /// measured as long as the working set is many times the last-level cache; `notes` and `origin` say so. Throws before
  /// anything is allocated when the weights that need memory exceed `memoryLimitBytes`, and `cancelled` within
  /// milliseconds of raising the flag. `progress` gets the finished fraction, never decreasing.
  package static func synthetic(
    name: String, shape: TransformerShape, recipe: WeightRecipe, seed: UInt64 = 1, workingSetBytes: Int? = nil,
    memoryLimitBytes: Int, standInNote: String? = nil, cancellation: Cancellation? = nil,
    progress: (Double) -> Void = { _ in }
  ) throws(InferenceError) -> Model {
    let plan = try WeightPlan(shape: shape, recipe: recipe)
    let reuse = LayerReuse(plan: plan, layers: shape.layers, workingSetBytes: workingSetBytes)
    guard reuse.residentBytes <= memoryLimitBytes else {
      throw .notEnoughMemory(
        purpose: "weights of \(name) in \(recipe.rawValue)", neededBytes: reuse.residentBytes,
        limitBytes: memoryLimitBytes)
    }
    let memory = try SyntheticMemory(byteCount: reuse.residentBytes)
    var random = RandomBits(seed: seed)
    var patterns: [PatternKey: BlockPattern] = [:]
    var matrices: [MatrixKey: WeightMatrix] = [:]
    var filledBytes = 0
    for matrix in plan.matrices where !matrix.role.isPerLayer || reuse.source[matrix.layer] == matrix.layer {
      let key = PatternKey(format: matrix.format, columns: matrix.columns)
      let pattern =
        patterns[key]
        ?? BlockPattern(
          format: matrix.format, columns: matrix.columns, byteCount: min(4 * matrix.byteCount, 1 << 20),
          seed: random.next())
      patterns[key] = pattern
      matrices[MatrixKey(role: matrix.role, layer: matrix.layer)] = try memory.fill(
        matrix, from: pattern, random: &random, cancellation: cancellation)
      filledBytes += SyntheticMemory.reservedBytes(matrix)
      progress(min(1, Double(filledBytes) / Double(reuse.residentBytes)))
    }
    func matrix(_ role: WeightRole, _ layer: Int = 0) -> WeightMatrix {
      guard let matrix = matrices[MatrixKey(role: role, layer: layer)] else {
        preconditionFailure("every planned matrix was filled")
      }
      return matrix
    }
    let embedding = matrix(.embedding)
    let layers = (0..<shape.layers).map { layer in
      let source = reuse.source[layer]
      return LayerWeights(
        shape: shape, query: matrix(.query, source), key: matrix(.key, source), value: matrix(.value, source),
        attentionOutput: matrix(.attentionOutput, source), gate: matrix(.gate, source), up: matrix(.up, source),
        down: matrix(.down, source))
    }
    let origin = SyntheticOrigin(
      recipe: recipe, seed: seed, residentBytes: reuse.residentBytes, repeatedLayers: reuse.repeatedLayers,
      standInNote: standInNote)
    return Model(
      name: name, shape: shape, plan: plan, origin: .synthetic(origin), embedding: embedding,
      output: shape.tiedOutput ? embedding : matrix(.output),
      outputNorm: [Float](repeating: 1, count: shape.hiddenSize), layers: layers, storage: .memory(memory))
  }

  private struct PatternKey: Hashable {
    let format: TensorFormat
    let columns: Int
  }

  private struct MatrixKey: Hashable {
    let role: WeightRole
    let layer: Int
  }
}

extension LayerWeights {
  /// A layer with plain norms and, where the shape has them, small biases.
  fileprivate init(
    shape: TransformerShape, query: WeightMatrix, key: WeightMatrix, value: WeightMatrix,
    attentionOutput: WeightMatrix, gate: WeightMatrix, up: WeightMatrix, down: WeightMatrix
  ) {
    self.init(
      attentionNorm: [Float](repeating: 1, count: shape.hiddenSize), query: query, key: key, value: value,
      attentionOutput: attentionOutput, feedForwardNorm: [Float](repeating: 1, count: shape.hiddenSize), gate: gate,
      up: up, down: down)
    if shape.hasProjectionBias {
      let bias = [Float](repeating: 0.125, count: max(shape.querySize, shape.kvSize))
      biases = (
        Array(bias.prefix(shape.querySize)), Array(bias.prefix(shape.kvSize)), Array(bias.prefix(shape.kvSize))
      )
    }
    if shape.hasHeadNorm {
      let norm = [Float](repeating: 1, count: shape.headSize)
      headNorms = (norm, norm)
    }
  }
}
