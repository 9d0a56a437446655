import Kernels

/// One matrix product of a phase, divided into pieces by its shape alone.
struct Product {
  let weights: WeightMatrix
  let activations: ActivationMatrix
  let out: UnsafeMutableBufferPointer<Float>
  let outStride: Int
  let split: ProductSplit

  init(_ weights: WeightMatrix, _ input: ProductInput, out: UnsafeMutableBufferPointer<Float>, outStride: Int) {
    self.init(weights, input.activations(for: weights), out: out, outStride: outStride)
  }

  init(_ weights: WeightMatrix, _ input: ActivationMatrix, out: UnsafeMutableBufferPointer<Float>, outStride: Int) {
    self.weights = weights
    activations = input
    self.out = out
    self.outStride = outStride
    split = ProductSplit(rows: weights.rows, columns: weights.columns, tokens: input.tokens)
  }

  func run(piece: Int, _ kernels: KernelSet) {
    kernels.multiply(
      weights, rows: split.rows(of: piece), by: activations, tokens: split.tokens(of: piece), into: out,
      outStride: outStride)
  }
}
