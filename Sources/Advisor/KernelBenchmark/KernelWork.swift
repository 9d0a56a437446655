package import Kernels
package import TensorFormats

/// What one call of a kernel does, by its definition: operations on numbers, and bytes that it must read and write once.
package struct KernelWork: Sendable, Hashable {
  package let operations: Double
  package let bytes: Double
  package let arithmetic: Roofline.Arithmetic
  /// How the operations and bytes are counted.
  package let formula: String

  /// Operations for each byte: the place on the horizontal axis of a roofline.
  package var operationsPerByte: Double { operations / bytes }

  /// `rows` x `columns` weights of `format`, of which `columns` fill whole blocks, times the activations of `tokens`.
  package static func product(
    _ format: TensorFormat, layout: WeightLayout, rows: Int, columns: Int, tokens: Int
  ) -> KernelWork {
    let activation = ActivationFormat(for: format, layout: layout)
    let weights = Double(rows) * Double(format.byteCount(values: columns) ?? 0)
    let perToken = Double(activation.byteCount(columns: columns)) + Double(rows) * 4
    return KernelWork(
      operations: 2 * Double(rows) * Double(columns) * Double(tokens), bytes: weights + Double(tokens) * perToken,
      arithmetic: activation.isInteger ? .int8 : .float32,
      formula: "2 x rows x columns x tokens operations; weights, packed activations and f32 results once each")
  }

  /// One token's `columns` values to int8 codes.
  package static func activationQuantization(columns: Int) -> KernelWork {
    KernelWork(
      operations: 4 * Double(columns), bytes: Double(columns * 4 + ActivationFormat.q8.byteCount(columns: columns)),
      arithmetic: .float32, formula: "4 operations a value (largest, scale, round, sum); f32 in, packed out")
  }

  package static func rmsNorm(columns: Int) -> KernelWork {
    KernelWork(
      operations: 4 * Double(columns), bytes: 12 * Double(columns), arithmetic: .float32,
      formula: "4 operations a value (square, sum, two products); value, weight and result, f32")
  }

  /// Heads of `headSize` values, all of which rotate by angles that the heads share.
  package static func rope(heads: Int, headSize: Int) -> KernelWork {
    KernelWork(
      operations: 3 * Double(heads * headSize), bytes: Double(8 * heads * headSize + 4 * headSize),
      arithmetic: .float32, formula: "6 operations a pair; each value read and written, cosines and sines once, f32")
  }

  package static func softmax(columns: Int) -> KernelWork {
    KernelWork(
      operations: 5 * Double(columns), bytes: 8 * Double(columns), arithmetic: .float32,
      formula: "5 operations a value, an exponential counted as one; each value read and written, f32")
  }

  package static func silu(columns: Int) -> KernelWork {
    KernelWork(
      operations: 5 * Double(columns), bytes: 12 * Double(columns), arithmetic: .float32,
      formula: "5 operations a value, an exponential counted as one; gate, up and result, f32")
  }

  /// `rows` queries against the whole pages of one key-value head.
  package static func attention(_ format: CellFormat, headSize: Int, positions: Int, rows: Int) -> KernelWork {
    let pages = positions / CellFormat.pagePositions
    let cells = 2 * Double(pages) * Double(format.pageBytes(headSize: headSize))
    return KernelWork(
      operations: 4 * Double(rows) * Double(positions) * Double(headSize),
      bytes: cells + 8 * Double(rows) * Double(headSize), arithmetic: .float32,
      formula: "4 x rows x positions x head size operations; cells of keys and values, queries and results once each")
  }
}
