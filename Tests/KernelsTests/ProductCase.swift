import Kernels
import Quantization
import TensorFormats

/// A matrix product with its inputs, its exact result and the bound on a kernel's error.
struct ProductCase {
  let format: TensorFormat
  let rows: Int
  let columns: Int
  let tokens: Int
  let weights: [UInt8]
  let x: [Float]

  struct Unreadable: Error {}

  init(format: TensorFormat, rows: Int, columns: Int, tokens: Int) throws {
    var noise = Noise(seed: UInt64(rows * 1_000_003 + columns * 1009 + tokens) + UInt64(format.id))
    guard let weights = Codecs.quantize(noise.floats(rows * columns), format: format) else { throw Unreadable() }
    self.init(
      format: format, rows: rows, columns: columns, tokens: tokens, weights: weights, x: noise.floats(tokens * columns))
  }

  init(format: TensorFormat, rows: Int, columns: Int, tokens: Int, weights: [UInt8], x: [Float]) {
    self.format = format
    self.rows = rows
    self.columns = columns
    self.tokens = tokens
    self.weights = weights
    self.x = x
  }

  /// What `kernels` compute, (tokens, rows), with weights, activations and results each ending at an unreadable page.
  func result(
    _ kernels: KernelSet, layout: WeightLayout = .rows, pieces: [(rows: Range<Int>, tokens: Range<Int>)]? = nil
  ) throws -> [Float] {
    let activationFormat = ActivationFormat(for: format, layout: layout)
    let activations = try GuardedBuffer(byteCount: activationFormat.byteCount(columns: columns) * tokens)
    let source = try GuardedBuffer(of: x)
    let weights = try GuardedBuffer(layout == .strips ? woven() : self.weights)
    let out = try GuardedBuffer(byteCount: 4 * rows * tokens)
    guard
      let matrix = WeightMatrix(
        format: format, rows: rows, columns: columns, bytes: UnsafeRawBufferPointer(weights.bytes), layout: layout)
    else { throw Unreadable() }
    let activationMatrix = ActivationMatrix(
      format: activationFormat, tokens: tokens, columns: columns, bytes: activations.bytes)
    kernels.quantizeActivations(
      UnsafeBufferPointer(source.values(of: Float.self)), stride: columns, tokens: 0..<tokens, into: activationMatrix)
    for piece in pieces ?? [(0..<rows, 0..<tokens)] {
      kernels.multiply(
        matrix, rows: piece.rows, by: activationMatrix, tokens: piece.tokens, into: out.values(of: Float.self),
        outStride: rows)
    }
    return Array(out.values(of: Float.self))
  }

  /// The weights as strips.
  func woven() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: weights.count) { strips, count in
      weights.withUnsafeBytes {
        KernelSet.weave($0, format: format, columns: columns, into: UnsafeMutableRawBufferPointer(strips))
      }
      count = weights.count
    }
  }

  private var isRounded: Bool { format.valuesPerBlock > 1 }

  /// The exact products of the decoded weights and the activations that `kernels` quantize, with the bounds of `product.h`.
  func expected(_ kernels: KernelSet, layout: WeightLayout) throws -> [(value: Double, bound: Double)] {
    guard let decoded = Codecs.dequantize(weights, format: format) else { throw Unreadable() }
    let x = try decodedActivations(kernels, layout)
    let reaches = (0..<rows).map(reaches)
    let chains = max(2 * (columns / 8 + 8), columns / 128 + min(columns, 256) + 2)
    let terms = Double(isRounded ? 2 * columns / 32 + 8 : chains)
    return (0..<tokens).flatMap { token in
      (0..<rows).map { row in
        var (value, magnitude) = (0.0, 0.0)
        for column in 0..<columns {
          let factor = x[token * columns + column]
          let weight = decoded[row * columns + column]
          value += weight * factor
          magnitude += (isRounded ? reaches[row][column / 32] : abs(weight)) * abs(factor)
        }
        return (value, terms * 0x1p-24 * magnitude)
      }
    }
  }

  /// The largest |scale * code| + |offset| that each block of 32 in a row could hold.
  private func reaches(row: Int) -> [Double] {
    guard isRounded else { return [] }
    let blockBytes = format.bytesPerBlock
    let rowBytes = columns / format.valuesPerBlock * blockBytes
    return (0..<columns / 32).map { index in
      let begin = row * rowBytes + index * 32 / format.valuesPerBlock * blockBytes
      let block = Array(weights[begin..<begin + blockBytes])
      let part = index * 32 % format.valuesPerBlock
      return [UInt8(0x00), 0xff, 0x7f, 0x80].map { fill -> Double in
        var filled = block
        for at in codeBytes { filled[at] = fill }
        let values = Codecs.dequantize(filled, format: format) ?? []
        return values[part..<part + 32].reduce(0) { max($0, abs($1)) }
      }.reduce(0, +)
    }
  }

  /// Where a block keeps its codes, as opposed to its scales; for Q3_K with the scales that kernels multiply codes with.
  var codeBytes: Range<Int> {
    switch format {
    case .q4_0, .q5_0, .q8_0, .iq4_nl: 2..<format.bytesPerBlock
    case .q4_1, .q5_1: 4..<format.bytesPerBlock
    case .mxfp4: 1..<17
    case .q4_k, .q5_k: 16..<format.bytesPerBlock
    case .iq4_xs: 8..<136
    case .q2_k: 16..<80
    case .q3_k: 0..<108
    default: 0..<192
    }
  }

  /// The activations that the product really sees: Q8 ones are read back by the layouts that `activation.h` states.
  private func decodedActivations(_ kernels: KernelSet, _ layout: WeightLayout) throws -> [Double] {
    let format = ActivationFormat(for: format, layout: layout)
    if format == .float32 { return x.map { Double($0) } }
    if format == .bfloat16 {
      // To the nearest number with 8 significant bits, the even one of two.
      return x.map { value in
        let bits = value.bitPattern
        return Double(Float(bitPattern: (bits + 0x7fff + (bits >> 16 & 1)) & 0xffff_0000))
      }
    }
    let buffer = try AlignedBuffer(byteCount: format.byteCount(columns: columns) * tokens)
    let matrix = ActivationMatrix(format: format, tokens: tokens, columns: columns, bytes: buffer.bytes)
    x.withUnsafeBufferPointer {
      kernels.quantizeActivations($0, stride: columns, tokens: 0..<tokens, into: matrix)
    }
    if format == .q8Steps {
      return (0..<tokens).flatMap { token in
        stride(from: 0, to: columns, by: 256).flatMap { begin in
          let group = StepsGroup(of: matrix, token: token, column: begin)
          return (0..<min(256, columns - begin)).map { group.value(at: $0) }
        }
      }
    }
    let scales = (columns + 63) & ~63
    return (0..<tokens).flatMap { token in
      (0..<columns).map { column in
        let base = token * matrix.tokenByteCount
        let code = buffer.bytes.load(fromByteOffset: base + column, as: Int8.self)
        return Double(code)
          * Double(buffer.bytes.load(fromByteOffset: base + scales + column / 32 * 4, as: Float.self))
      }
    }
  }
}
