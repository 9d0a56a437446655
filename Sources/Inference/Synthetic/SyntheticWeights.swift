import Kernels

/// The weights of a synthetic model: the matrices that were filled, and vectors that do next to nothing.
struct SyntheticWeights: WeightSource {
  /// Which matrix of a model.
  struct Place: Hashable {
    let role: WeightRole
    let layer: Int
  }

  let matrices: [Place: WeightMatrix]
  /// For each layer, the one whose matrices it uses.
  let sourceLayer: [Int]

  func matrix(_ role: WeightRole, layer: Int) -> WeightMatrix {
    let source = role.isPerLayer ? sourceLayer[layer] : 0
    guard let matrix = matrices[Place(role: role, layer: source)] else {
      preconditionFailure("every planned matrix was filled")
    }
    return matrix
  }

  /// Norms that change nothing, small biases, sinks of zero, and kernels that take the mean of a few tokens.
  func vector(_ name: String, count: Int) -> [Float] {
    let value: Float =
      if name.hasSuffix("norm.weight") { 1 } else if name.hasSuffix(".bias") {
        0.125
      } else if name.hasSuffix(
        "sinks.weight")
      { 0 } else { 0.5 }
    return [Float](repeating: value, count: count)
  }
}
