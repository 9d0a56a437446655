package import Inference
package import TensorFormats

/// What passing tokens through a model takes: its products of weights by phase, its attention, and the rest by the number of
/// values.
package struct ModelWork: Sendable, Hashable {
  /// The phases of all layers, those alike together, and the output at the end.
  package var phases: [Phase]
  package var layers: Int
  package var hiddenSize: Int
  package var vocabularySize: Int
  package var heads: Int
  package var kvHeads: Int
  package var headSize: Int
  /// How many tokens back each layer with attention sees; nil for all of them.
  package var windows: [Int?]
  /// Values that norms, activations and roundings of one token go over in a layer.
  package var valuesPerLayer: Int
  /// Bytes of all weights: of a mixture all experts.
  package var weightBytes: Int
  /// The bytes of a format over those of the one that its matrices are taken to have, when another stands in for it.
  package var byteScale = 1.0

  /// Products that are computed together.
  package struct Phase: Sendable, Hashable {
    package var matrices: [Matrix]
    /// How many layers have such a phase; 1 for the output.
    package var count: Int
    /// Of how many experts each token uses how many; nil for what every token uses.
    package var experts: Experts?
    package var kind: Kind
  }

  /// Where a phase stands in a layer.
  package enum Kind: String, Sendable, Hashable {
    /// Before what tokens exchange; computed for every token even in the last layer.
    case mixerInput
    /// After it; in the last layer only for the token whose logits are wanted.
    case rest
    /// The logits, of the last token alone.
    case output
  }

  package struct Experts: Sendable, Hashable {
    package var count: Int
    package var used: Int

    /// How many experts a batch uses when each token picks at random.
    package func unique(tokens: Double) -> Double {
      let total = Double(max(1, count))
      return total * (1 - Logarithm.power2(tokens * Logarithm.base2(max(1e-9, 1 - Double(used) / total))))
    }
  }

  /// A matrix; of a mixture that of one expert.
  package struct Matrix: Sendable, Hashable {
    package var format: TensorFormat
    package var rows: Int
    package var columns: Int

    package var byteCount: Double { Double(rows) * Double(columns) * format.bitsPerValue / 8 }
  }
}

extension ModelWork {
  /// The work of a shape whose matrices have the formats of `plan`.
  package init(_ shape: TransformerShape, _ plan: WeightPlan) {
    var byPlace: [Place: PlannedMatrix] = [:]
    for matrix in plan.matrices { byPlace[Place(role: matrix.role, layer: matrix.layer)] = matrix }
    var order: [Key] = []
    var counts: [Key: Int] = [:]
    for layer in 0..<shape.layers {
      for group in Self.groups {
        let matrices = group.roles.compactMap { byPlace[Place(role: $0, layer: layer)] }
        guard !matrices.isEmpty else { continue }
        let experts = shape.experts.flatMap { experts in
          matrices[0].role.isExperts ? Experts(count: experts.count, used: experts.used) : nil
        }
        let key = Key(
          matrices: matrices.map {
            Matrix(format: $0.format, rows: $0.rows / (experts?.count ?? 1), columns: $0.columns)
          }, experts: experts, kind: group.kind)
        if counts[key] == nil { order.append(key) }
        counts[key, default: 0] += 1
      }
    }
    phases = order.map {
      Phase(matrices: $0.matrices, count: counts[$0] ?? 0, experts: $0.experts, kind: $0.kind)
    }
    if let last = byPlace[Place(role: .output, layer: 0)] ?? byPlace[Place(role: .embedding, layer: 0)] {
      let matrix = Matrix(format: last.format, rows: last.rows, columns: last.columns)
      phases.append(Phase(matrices: [matrix], count: 1, experts: nil, kind: .output))
    }
    layers = shape.layers
    hiddenSize = shape.hiddenSize
    vocabularySize = shape.vocabularySize
    heads = shape.heads
    kvHeads = shape.kvHeads
    headSize = shape.headSize
    windows = shape.attentionWindows
    let width = shape.experts.map { $0.used * $0.intermediateSize } ?? shape.intermediateSize
    valuesPerLayer = 6 * shape.hiddenSize + 3 * shape.querySize + 2 * shape.kvSize + 3 * width
    weightBytes = plan.weightBytes
  }

  private struct Place: Hashable {
    let role: WeightRole
    let layer: Int
  }

  private struct Key: Hashable {
    let matrices: [Matrix]
    let experts: Experts?
    let kind: Kind
  }

  /// The matrices whose products are one loop of the engine.
  private static let groups: [(roles: [WeightRole], kind: Kind)] = [
    ([.query, .key, .value], .mixerInput), ([.attentionOutput], .rest), ([.convolutionInput], .mixerInput),
    ([.convolutionOutput], .rest), ([.gate, .up], .rest), ([.down], .rest), ([.router], .rest),
    ([.expertGate, .expertUp], .rest), ([.expertDown], .rest),
  ]

  /// Bytes of weights that one token reads.
  package var bytesReadPerToken: Double {
    phases.reduce(0) { sum, phase in
      let bytes = phase.matrices.reduce(0) { $0 + $1.byteCount }
      return sum + byteScale * bytes * Double(phase.count) * Double(phase.experts?.used ?? 1)
    }
  }

  /// Cached positions that a token after `depth` others reads, over all layers.
  package func positionsRead(depth: Double) -> Double {
    windows.reduce(0) { sum, window in sum + min(depth, window.map(Double.init) ?? depth) }
  }
}
