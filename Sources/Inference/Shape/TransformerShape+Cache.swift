package import Kernels

extension TransformerShape {
  /// Bytes that one token adds to a KV cache: keys and values of all layers that attend.
  package func cacheBytesPerToken(_ format: CellFormat) -> Int { 2 * attentionLayers * kvHeads * cellBytes(format) }

  /// Bytes of the KV cache that decoding one token reads after `depth` tokens: layers with a window read no more than that.
  package func cacheBytesRead(depth: Double, _ format: CellFormat) -> Double {
    var positions = 0.0
    for layer in 0..<layers where mixer(of: layer) == .attention {
      positions += min(depth, window(of: layer).map(Double.init) ?? depth)
    }
    return positions * Double(2 * kvHeads * cellBytes(format))
  }

  /// Bytes of one position's key (and of its value) of one head.
  private func cellBytes(_ format: CellFormat) -> Int {
    format.pageBytes(headSize: headSize) / CellFormat.pagePositions
  }
}
