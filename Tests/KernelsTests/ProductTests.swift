import Kernels
import Quantization
import TensorFormats
import Testing

@Suite("Matrix products")
struct ProductTests {
  struct Variant: Sendable, CustomTestStringConvertible {
    let kernels: KernelSet
    let format: TensorFormat
    var testDescription: String { "\(format) \(kernels.tier.rawValue)" }

    static let all = KernelSet.usable.flatMap { kernels in
      KernelSet.formats.map { Variant(kernels: kernels, format: $0) }
    }

    /// Those with strips; a machine without any of their tiers has none.
    static let woven = all.filter { $0.kernels.layout(for: $0.format, rows: 64) == .strips }

    /// Awkward numbers of columns: one block, odd numbers of blocks, and the ends of the groups that kernels work in.
    var columns: [Int] {
      switch format.valuesPerBlock {
      case 1: [1, 7, 33, 260]
      case 32: [32, 96, 256, 288, 544]
      default: [256, 768]
      }
    }
  }

  private func check(_ product: ProductCase, _ kernels: KernelSet) throws {
    try check(product, kernels, .rows)
    if kernels.layout(for: product.format, rows: product.rows) == .strips { try check(product, kernels, .strips) }
  }

  private func check(_ product: ProductCase, _ kernels: KernelSet, _ layout: WeightLayout) throws {
    let result = try product.result(kernels, layout: layout)
    let expected = try product.expected(kernels, layout: layout)
    for (index, (value, want)) in zip(result, expected).enumerated() {
      let error = abs(Double(value) - want.value)
      // The comparison fails for not-a-number too.
      guard error <= want.bound else {
        Issue.record(
          "token \(index / product.rows) row \(index % product.rows) of (\(product.tokens), \(product.rows), \(product.columns)) in \(layout): \(value), expected \(want)"
        )
        return
      }
    }
  }

  @Test("one token, any number of rows", arguments: Variant.all)
  func decode(variant: Variant) throws {
    for columns in variant.columns {
      for rows in [1, 2, 5, 17, 64] {
        try check(ProductCase(format: variant.format, rows: rows, columns: columns, tokens: 1), variant.kernels)
      }
    }
  }

  @Test("few tokens and many, of any number", arguments: Variant.all)
  func prefill(variant: Variant) throws {
    for columns in variant.columns {
      for (rows, tokens) in [(1, 8), (3, 2), (7, 3), (9, 7), (16, 8), (19, 13), (33, 9), (32, 3), (64, 7), (96, 13)] {
        try check(ProductCase(format: variant.format, rows: rows, columns: columns, tokens: tokens), variant.kernels)
      }
    }
  }

  /// The bytes that bring a block's integer scales to their largest magnitude.
  private static func largestFactors(_ format: TensorFormat) -> [(Int, UInt8)] {
    switch format {
    case .q6_k: (192..<208).map { ($0, 0x80) }
    case .q4_k, .q5_k: (4..<16).map { ($0, 0xff) }
    case .q2_k: (0..<16).map { ($0, 0xff) }
    // Six bits of which 32 is subtracted.
    case .q3_k: (96..<108).map { ($0, 0x00) }
    case .iq4_xs: (2..<8).map { ($0, 0x00) }
    default: []
    }
  }

  @Test("the largest codes against the largest activations do not overflow", arguments: Variant.all)
  func extremes(variant: Variant) throws {
    guard variant.format.valuesPerBlock > 1 else { return }
    let (rows, columns) = (32, 512)
    for tokens in [1, 9] {
      for sign: Float in [1, -1] {
        let plain = try ProductCase(format: variant.format, rows: rows, columns: columns, tokens: tokens)
        for fill: UInt8 in [0x00, 0x7f, 0x80, 0xff] {
          var weights = plain.weights
          for begin in stride(from: 0, to: weights.count, by: variant.format.bytesPerBlock) {
            for at in plain.codeBytes { weights[begin + at] = fill }
            for (at, value) in Self.largestFactors(variant.format) { weights[begin + at] = value }
          }
          let extreme = ProductCase(
            format: variant.format, rows: rows, columns: columns, tokens: tokens, weights: weights,
            x: [Float](repeating: sign, count: tokens * columns))
          try check(extreme, variant.kernels)
        }
      }
    }
  }

  @Test("dividing rows and tokens among calls changes no bit", arguments: Variant.all)
  func divided(variant: Variant) throws {
    let columns = variant.columns.last ?? 0
    let many = try ProductCase(format: variant.format, rows: 35, columns: columns, tokens: 24)
    let whole = try many.result(variant.kernels)
    let parts = try many.result(
      variant.kernels, pieces: [(0..<5, 0..<24), (5..<35, 0..<9), (5..<6, 9..<24), (6..<35, 9..<24)])
    #expect(whole.map(\.bitPattern) == parts.map(\.bitPattern))
    let few = try ProductCase(format: variant.format, rows: 35, columns: columns, tokens: 5)
    let one = try few.result(variant.kernels)
    let split = try few.result(
      variant.kernels, pieces: [(0..<1, 0..<5), (1..<20, 0..<1), (1..<20, 1..<5), (20..<35, 0..<3), (20..<35, 3..<5)])
    #expect(one.map(\.bitPattern) == split.map(\.bitPattern))
  }

  @Test("strips divided among calls give the same bits, of few tokens and of many", arguments: Variant.woven)
  func dividedStrips(variant: Variant) throws {
    let columns = variant.columns.last ?? 0
    for (tokens, part) in [(24, 9), (7, 2)] {
      let product = try ProductCase(format: variant.format, rows: 96, columns: columns, tokens: tokens)
      let whole = try product.result(variant.kernels, layout: .strips)
      let parts = try product.result(
        variant.kernels, layout: .strips,
        pieces: [(0..<32, 0..<tokens), (32..<96, 0..<part), (32..<64, part..<tokens), (64..<96, part..<tokens)])
      #expect(whole.map(\.bitPattern) == parts.map(\.bitPattern))
    }
  }

  @Test(
    "strips of BF16 without the processor's BF16 instruction", arguments: Variant.woven.filter { $0.format == .bf16 })
  func strippedOfInstruction(variant: Variant) throws {
    var kernels = variant.kernels
    kernels.avoidsBFloat16Instruction = true
    for columns in variant.columns {
      for (rows, tokens) in [(32, 1), (32, 3), (64, 7), (96, 13)] {
        try check(ProductCase(format: .bf16, rows: rows, columns: columns, tokens: tokens), kernels, .strips)
      }
    }
  }

  @Test("a row of strips is the row that was woven", arguments: Variant.woven)
  func rowsOfStrips(variant: Variant) throws {
    for columns in variant.columns {
      let product = try ProductCase(format: variant.format, rows: 64, columns: columns, tokens: 1)
      let strips = try GuardedBuffer(product.woven())
      let woven = try #require(
        WeightMatrix(
          format: variant.format, rows: 64, columns: columns, bytes: UnsafeRawBufferPointer(strips.bytes),
          layout: .strips))
      let expected = try #require(Codecs.dequantize(product.weights, format: variant.format))
      for row in [0, 1, 31, 32, 63] {
        let values = [Float](unsafeUninitializedCapacity: columns) { out, count in
          variant.kernels.dequantizeRow(row, of: woven, into: out)
          count = columns
        }
        #expect(values.map(Double.init) == Array(expected[row * columns..<(row + 1) * columns]))
      }
    }
  }

  @Test("every tier has a kernel of its own for the formats that models come in", arguments: KernelSet.usable)
  func native(kernels: KernelSet) {
    for format in [
      TensorFormat.f32, .f16, .bf16, .q8_0, .q4_0, .q4_1, .q5_0, .q5_1, .q2_k, .q3_k, .q4_k, .q5_k, .q6_k, .iq4_nl,
      .iq4_xs, .mxfp4,
    ] {
      #expect(kernels.supports(format))
      #expect(kernels.isNative(format) || format.valuesPerBlock == 1)
    }
    #expect(!kernels.supports(.iq2_s))
  }

  @Test("a matrix takes whole blocks and enough bytes, and sizes that overflow are refused")
  func shapes() {
    withUnsafeTemporaryAllocation(byteCount: 180, alignment: 2) { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      #expect(WeightMatrix(format: .q4_0, rows: 5, columns: 64, bytes: bytes)?.rowByteCount == 36)
      #expect(WeightMatrix(format: .q4_0, rows: 6, columns: 64, bytes: bytes) == nil)
      #expect(WeightMatrix(format: .q4_0, rows: 1, columns: 33, bytes: bytes) == nil)
      #expect(WeightMatrix(format: .q4_0, rows: .max, columns: 64, bytes: bytes) == nil)
      #expect(WeightMatrix(format: .f32, rows: 1, columns: .max, bytes: bytes) == nil)
    }
  }
}
