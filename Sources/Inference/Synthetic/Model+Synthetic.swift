package import Kernels
package import TensorFormats

extension Model {
  /// Makes a model of `shape` with weights of `recipe` that mean nothing but cost what real ones cost.
  ///
  /// Only `kernels`, when they are named, may run it: the weights lie as these multiply them fastest.
  /// Layers beyond `workingSetBytes` reuse the memory of earlier ones, so that a model larger than memory can be
  /// measured as long as the working set is many times the last-level cache; `notes` and `origin` say so. Throws before
  /// anything is allocated when the weights that need memory exceed `memoryLimitBytes`, and `cancelled` within
  /// milliseconds of raising the flag. `progress` gets the finished fraction, never decreasing.
  package static func synthetic(
    name: String, shape: TransformerShape, recipe: FileTypeRecipe, seed: UInt64 = 1, kernels: KernelSet? = nil,
    workingSetBytes: Int? = nil,
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
    var matrices: [SyntheticWeights.Place: WeightMatrix] = [:]
    var filledBytes = 0
    for matrix in plan.matrices where !matrix.role.isPerLayer || reuse.source[matrix.layer] == matrix.layer {
      let key = PatternKey(format: matrix.format, columns: matrix.columns)
      let pattern =
        patterns[key]
        ?? BlockPattern(
          format: matrix.format, columns: matrix.columns, byteCount: min(4 * matrix.byteCount, 1 << 20),
          seed: random.next())
      patterns[key] = pattern
      matrices[SyntheticWeights.Place(role: matrix.role, layer: matrix.layer)] = try memory.fill(
        matrix, from: pattern, layout: kernels?.layout(for: matrix.format, rows: matrix.partRows(in: shape)) ?? .rows,
        random: &random, cancellation: cancellation)
      filledBytes += SyntheticMemory.reservedBytes(matrix)
      progress(min(1, Double(filledBytes) / Double(reuse.residentBytes)))
    }
    var source = SyntheticWeights(matrices: matrices, sourceLayer: reuse.source)
    let embedding = source.matrix(.embedding, layer: 0)
    let output = shape.tiedOutput ? embedding : source.matrix(.output, layer: 0)
    let outputNorm = source.vector(shape.traits.outputNormName + ".weight", count: shape.hiddenSize)
    var layers: [LayerWeights] = []
    for layer in 0..<shape.layers { layers.append(try LayerWeights(&source, layer: layer, shape: shape)) }
    let origin = SyntheticOrigin(
      recipe: recipe, seed: seed, residentBytes: reuse.residentBytes, repeatedLayers: reuse.repeatedLayers,
      standInNote: standInNote)
    return Model(
      name: name, shape: shape, plan: plan, origin: .synthetic(origin), embedding: embedding, output: output,
      outputNorm: outputNorm, layers: layers, storage: .memory(memory))
  }

  private struct PatternKey: Hashable {
    let format: TensorFormat
    let columns: Int
  }
}
