import TensorFormats

/// Which layers of a synthetic model have memory of their own, and whose memory the others reuse.
struct LayerReuse: Hashable {
  /// For each layer, the layer whose matrices it uses: itself or an earlier one with the same matrices and formats.
  let source: [Int]
  /// Bytes of the matrices that need memory.
  let residentBytes: Int

  /// Gives layers memory of their own until `workingSetBytes` are used, embedding and output included.
  ///
  /// A layer whose formats no earlier layer has gets memory anyway. Nil means that all have their own.
  init(plan: WeightPlan, layers: Int, workingSetBytes: Int?) {
    var matricesOfLayer = [[PlannedMatrix]](repeating: [], count: layers)
    var bytes = 0
    for matrix in plan.matrices {
      if matrix.role.isPerLayer {
        matricesOfLayer[matrix.layer].append(matrix)
      } else {
        bytes += SyntheticMemory.reservedBytes(matrix)
      }
    }
    var owners: [[Kind]: [Int]] = [:]
    var reused: [[Kind]: Int] = [:]
    var source: [Int] = []
    for (layer, matrices) in matricesOfLayer.enumerated() {
      let formats = matrices.map { Kind(role: $0.role, format: $0.format) }
      let layerBytes = matrices.reduce(0) { $0 + SyntheticMemory.reservedBytes($1) }
      let candidates = owners[formats] ?? []
      if candidates.isEmpty || workingSetBytes.map({ bytes + layerBytes <= $0 }) ?? true {
        owners[formats, default: []].append(layer)
        source.append(layer)
        bytes += layerBytes
      } else {
        // In turn, so that the same bytes come back as late as possible.
        let turn = reused[formats, default: 0]
        source.append(candidates[turn % candidates.count])
        reused[formats] = turn + 1
      }
    }
    self.source = source
    residentBytes = bytes
  }

  /// What tells layers apart that cannot use each other's memory.
  private struct Kind: Hashable {
    let role: WeightRole
    let format: TensorFormat
  }

  /// Layers without memory of their own.
  var repeatedLayers: Int { source.indices.count { source[$0] != $0 } }
}
