import Kernels

/// The gate and up products of a feed-forward block, divided alike, and what is made of them in place of the gate's.
struct GatedProduct {
  let gate: Product
  let up: Product
  /// Biases of gate and up; nil for none.
  let biases: (gate: ArraySlice<Float>, up: ArraySlice<Float>)?

  /// Computes one piece: rows of both products, then the activation.
  func run(piece: Int, activation: Activation, _ kernels: KernelSet) {
    gate.run(piece: piece, kernels)
    up.run(piece: piece, kernels)
    let rows = gate.split.rows(of: piece)
    for token in gate.split.tokens(of: piece) {
      let begin = token * gate.outStride + rows.lowerBound
      let gates = gate.out.part(begin, rows.count)
      let ups = up.out.part(begin, rows.count)
      if let biases {
        Self.add(biases.gate, rows, to: gates, kernels)
        Self.add(biases.up, rows, to: ups, kernels)
      }
      let (gate, up) = (UnsafeBufferPointer(gates), UnsafeBufferPointer(ups))
      switch activation {
      case .silu: kernels.siluMultiply(gate: gate, up: up, into: gates)
      case .geluTanh: kernels.geluMultiply(gate: gate, up: up, into: gates)
      case .clampedSwiGLU: kernels.clampedSwiGLU(gate: gate, up: up, into: gates)
      }
    }
  }

  private static func add(
    _ bias: ArraySlice<Float>, _ rows: Range<Int>, to values: UnsafeMutableBufferPointer<Float>, _ kernels: KernelSet
  ) {
    bias.withUnsafeBufferPointer { kernels.add(UnsafeBufferPointer(rebasing: $0[rows]), to: values) }
  }
}
