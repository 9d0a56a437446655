extension TransformerShape {
  /// The part of the experts that one token uses; 1 for dense models.
  package var usedExpertsFraction: Double { experts.map { Double($0.used) / Double($0.count) } ?? 1 }

  /// Weights of all matrices, norms and biases; a tied table counts once.
  package var parameters: Int {
    matrixRoles.reduce(vectorValues) { total, matrix in
      let (columns, rows) = matrix.role.size(in: self)
      return total + matrix.count * columns * rows
    }
  }

  /// The parameters that one token uses: of experts those that are chosen.
  package var parametersPerToken: Int {
    guard let experts else { return parameters }
    let unused = 3 * hiddenSize * experts.intermediateSize * (experts.count - experts.used)
    return parameters - layers * unused
  }

  private var matrixRoles: [(role: WeightRole, count: Int)] {
    WeightRole.allCases.map { role in
      (role, (0..<(role.isPerLayer ? layers : 1)).count { role.exists(in: self, layer: $0) })
    }
  }

  /// Values of norms, biases, sinks and convolution kernels.
  var vectorValues: Int {
    let norms = (traits.norms.isBefore ? 2 : 0) + (traits.norms.isAfter ? 2 : 0)
    var layer = norms * hiddenSize
    var attention = 0
    if biases.contains(.projection) { attention += querySize + 2 * kvSize }
    if biases.contains(.attentionOutput) { layer += hiddenSize }
    if traits.hasSinks { attention += heads }
    switch traits.headNorm {
    case .none: break
    case .perHead: attention += 2 * headSize
    case .wholeProjection: attention += querySize + kvSize
    }
    if let experts, biases.contains(.experts) {
      layer += experts.count * (1 + 2 * experts.intermediateSize + hiddenSize)
    } else if biases.contains(.feedForward) {
      layer += 2 * intermediateSize + hiddenSize
    }
    return hiddenSize + layers * layer + attentionLayers * attention
      + convolutionLayers.count * convolutionTokens * hiddenSize
  }
}
