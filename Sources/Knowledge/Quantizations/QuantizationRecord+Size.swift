extension QuantizationRecord {
  /// The shape of a model as far as the size of its quantized file depends on it.
  package struct Shape: Sendable, Hashable {
    package var parameterCount: Int
    /// Zero when unknown: then the published bits per weight of a whole file are taken as they are.
    package var vocabularySize = 0
    package var hiddenSize = 0
    package var feedForwardSize = 0
    package var tiesEmbeddings = true

    package init(parameterCount: Int) {
      self.parameterCount = parameterCount
    }

    /// The shape of a model whose parameter count is known.
    package init?(_ model: Situation.Model) {
      guard let parameters = model.parameterCount, parameters > 0 else { return nil }
      parameterCount = parameters
      guard let vocabulary = model.vocabularySize, let hidden = model.hiddenSize, vocabulary > 0, hidden > 0 else {
        return
      }
      let (embedding, overflow) = vocabulary.multipliedReportingOverflow(by: hidden)
      guard !overflow, embedding < parameters else { return }
      vocabularySize = vocabulary
      hiddenSize = hidden
      feedForwardSize = model.feedForwardSize ?? 0
      tiesEmbeddings = model.tiesEmbeddings ?? true
    }

    /// Parameters of the token embeddings, and of the output layer where it has its own.
    var embeddingCount: Int { vocabularySize * hiddenSize }
  }

  /// Bits per weight of the layers between embeddings and output.
  ///
  /// Where a whole file of Llama-3.1-8B is published (8.030 billion parameters; embeddings and output 128256 x 4096
  /// each), the published figure less the two is what the layers take; elsewhere the block's own cost.
  var layerBitsPerWeight: Double {
    guard let fileBitsPerWeight else { return bitsPerWeight }
    let all = 8.030e9
    let table = 128_256.0 * 4096
    let layers = fileBitsPerWeight * all - table * (embeddingBitsPerWeight + outputBitsPerWeight)
    return layers / (all - 2 * table)
  }

  /// The bytes of all weights of a model in this format, computed from its shape.
  package func weightBytes(_ shape: Shape) -> Int {
    Int((totalBits(shape, readPerToken: false) / 8).rounded())
  }

  /// The bytes that decoding one token reads of a dense model: the output layer, not the table of embeddings.
  package func bytesReadPerToken(_ shape: Shape) -> Int {
    Int((totalBits(shape, readPerToken: true) / 8).rounded())
  }

  /// The share of the weights that is stored at `fallbackBitsPerWeight` because rows do not divide.
  ///
  /// All rows but those of the feed-forward's second matrix are as long as the hidden size, or the heads' width.
  package func fallbackFraction(_ shape: Shape) -> Double {
    guard fallbackBitsPerWeight != nil, rowMultiple > 1, shape.hiddenSize > 0 else { return 0 }
    guard !shape.hiddenSize.isMultiple(of: rowMultiple) else { return 0 }
    let secondFits = shape.feedForwardSize > 0 && shape.feedForwardSize.isMultiple(of: rowMultiple)
    // The second matrix is a third of the feed-forward, which is about three quarters of the layers.
    return secondFits ? 0.75 : 1
  }

  private func totalBits(_ shape: Shape, readPerToken: Bool) -> Double {
    let parameters = Double(shape.parameterCount)
    let table = Double(shape.embeddingCount)
    guard table > 0 else { return parameters * (fileBitsPerWeight ?? bitsPerWeight) }
    let fallback = fallbackBitsPerWeight ?? bitsPerWeight
    let fallbackShare = fallbackFraction(shape)
    let layerBits = layerBitsPerWeight * (1 - fallbackShare) + fallback * fallbackShare
    let rowsFit = rowMultiple < 2 || shape.hiddenSize.isMultiple(of: rowMultiple)
    // An output layer in Q6_K whose rows do not divide by 256 becomes Q8_0.
    let outputBits = rowsFit || fallbackBitsPerWeight == nil ? outputBitsPerWeight : max(outputBitsPerWeight, 8.5)
    let embeddingBits = rowsFit ? embeddingBitsPerWeight : max(embeddingBitsPerWeight, fallback)
    if shape.tiesEmbeddings {
      return (parameters - table) * layerBits + table * outputBits
    }
    return max(0, parameters - 2 * table) * layerBits + table * outputBits + (readPerToken ? 0 : table * embeddingBits)
  }
}
