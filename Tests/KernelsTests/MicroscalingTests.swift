import Kernels
import Quantization
import TensorFormats
import Testing

@Suite("Exponents of MXFP4")
struct MicroscalingTests {
  @Test("every exponent is read as the format defines it, subnormal scales and not-a-number included")
  func everyExponent() throws {
    // Each code once, then again.
    let codes = (0..<16).map { UInt8($0 | (15 - $0) << 4) }
    for exponent in UInt8.min...UInt8.max {
      let block = try GuardedBuffer([exponent] + codes)
      let out = try GuardedBuffer(byteCount: 4 * 32)
      KernelSet.usable[0].dequantizeRow(
        UnsafeRawBufferPointer(block.bytes), format: .mxfp4, columns: 32, into: out.values(of: Float.self))
      let exact = try #require(Codecs.dequantize([exponent] + codes, format: .mxfp4))
      for (value, want) in zip(out.values(of: Float.self), exact) {
        // Beyond f32 the values are infinite, as rounding makes them.
        #expect(want.isNaN ? value.isNaN : value == Float(want), "exponent \(exponent)")
      }
    }
  }

  @Test("products with small and large exponents stay within their bound", arguments: KernelSet.usable)
  func scales(kernels: KernelSet) throws {
    for exponent: UInt8 in [20, 126, 200] {
      for tokens in [1, 9] {
        let plain = try ProductCase(format: .mxfp4, rows: 9, columns: 288, tokens: tokens)
        var weights = plain.weights
        for begin in stride(from: 0, to: weights.count, by: 17) { weights[begin] = exponent + UInt8(begin % 3) }
        let product = ProductCase(
          format: .mxfp4, rows: 9, columns: 288, tokens: tokens, weights: weights, x: plain.x)
        for (value, want) in zip(try product.result(kernels), try product.expected(kernels, layout: .rows)) {
          #expect(abs(Double(value) - want.value) <= want.bound)
        }
      }
    }
  }

  @Test("the exponent that is not-a-number makes its row so, and no other", arguments: KernelSet.usable)
  func notANumber(kernels: KernelSet) throws {
    for tokens in [1, 9] {
      let plain = try ProductCase(format: .mxfp4, rows: 18, columns: 288, tokens: tokens)
      var weights = plain.weights
      weights[(7 * 9 + 8) * 17] = 255
      let product = ProductCase(format: .mxfp4, rows: 18, columns: 288, tokens: tokens, weights: weights, x: plain.x)
      for (index, value) in try product.result(kernels).enumerated() { #expect(value.isNaN == (index % 18 == 7)) }
    }
  }
}
