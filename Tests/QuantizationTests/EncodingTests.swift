import Quantization
import TensorFormats
import Testing

@Suite("Quantizers")
struct EncodingTests {
  /// A wave whose size changes from block to block, with a lone outlier.
  static let wave: [Float] = (0..<768).map { i in
    let size: Float = [0.01, 1, 30][i / 256]
    return i == 300 ? -17 : size * Float((i * 37) % 101 - 50) / 50
  }

  /// The largest error of a value by the format's grid, as a fraction of the spread of the 256 values around it.
  ///
  /// Q8_0: half of 1/127. Q4_0: a value opposite to the largest falls one step of 1/8 short. Q4_K: half a step of 1/15, plus the
  /// 6-bit rounding of the step (15 steps of 1/126 of the largest) and of the minimum (1/126). Q6_K: a step of 1/32, plus
  /// its 8-bit rounding (32 steps of 1/256). Q4_1, Q5_1: half a step of 2/15 or 2/31. Q5_0: a step of 1/16. Q5_K as Q4_K, with
  /// half a step of 1/31; Q2_K with half a step of 1/3 and 4-bit roundings (1/30 each). Q3_K: a step of 1/4, plus its 6-bit
  /// rounding (4 steps of 1/128). IQ4_NL: 127 opposite to the largest falls 14 short; IQ4_XS plus its 6-bit rounding (1/64).
  /// MXFP4: 7.99 saturates to 6, a quarter of the value. Each plus the f16 rounding of its scales, 2^-11 of the reach.
  static let bounds: [(TensorFormat, Double)] = [
    (.f32, 0), (.f16, 0x1p-11), (.bf16, 0x1p-8), (.q8_0, 0.5 / 127 + 0x1p-11), (.q4_0, 1.0 / 8 + 0x1p-10),
    (.q4_k, 2 * (0.5 / 15 + 1.0 / 126 + 1.0 / 126 + 0x1p-10)), (.q6_k, 1.0 / 32 + 0.5 / 128 + 0x1p-10),
    (.q4_1, 1.0 / 15 + 0x1p-9), (.q5_0, 1.0 / 16 + 0x1p-10), (.q5_1, 1.0 / 31 + 0x1p-9),
    (.q5_k, 2 * (0.5 / 31 + 1.0 / 126 + 1.0 / 126 + 0x1p-10)), (.q2_k, 2 * (0.5 / 3 + 1.0 / 30 + 1.0 / 30 + 0x1p-10)),
    (.q3_k, 1.0 / 4 + 4.0 / 128 + 0x1p-10), (.iq4_nl, 14.0 / 127 + 0x1p-10),
    (.iq4_xs, 14.0 / 127 + 1.0 / 64 + 0x1p-10), (.mxfp4, 0.25),
  ]

  @Test("values come back within the step of their grid", arguments: bounds)
  func roundTrip(format: TensorFormat, bound: Double) throws {
    let bytes = try #require(Codecs.quantize(Self.wave, format: format))
    #expect(bytes.count == format.byteCount(values: Self.wave.count))
    let values = try #require(Codecs.dequantize(bytes, format: format))
    for begin in stride(from: 0, to: values.count, by: 256) {
      let largest = Self.wave[begin..<begin + 256].reduce(0) { max($0, abs(Double($1))) }
      for i in begin..<begin + 256 { #expect(abs(values[i] - Double(Self.wave[i])) <= bound * largest) }
    }
  }

  @Test("values that lie on a format's grid come back as they were", arguments: Codecs.writable)
  func exact(format: TensorFormat) throws {
    // Values -8 ... 7 with both ends in every sub-block: all formats of four bits or more with a plain grid hold them.
    let values = (0..<256).map { Float($0 * 7 % 16 - 8) }
    let plain: Set<TensorFormat> = [.f32, .f16, .bf16, .q4_0, .q4_1, .q5_0]
    guard plain.contains(format) else { return }
    let bytes = try #require(Codecs.quantize(values, format: format))
    #expect(try #require(Codecs.dequantize(bytes, format: format)) == values.map { Double($0) })
  }

  @Test("MXFP4 holds its own numbers exactly, and the exponent 255 is not-a-number")
  func microscaling() throws {
    let halves: [Float] = [0, 0.5, 1, 1.5, 2, 3, 4, 6, -0.5, -1, -1.5, -2, -3, -4, -6, 0]
    for exponent in [-127, -126, -3, 0, 5, 100] {
      let scale = Float(sign: .plus, exponent: exponent, significand: 1)
      let values = (0..<32).map { halves[$0 % 16] * scale }
      var bytes = try #require(Codecs.quantize(values, format: .mxfp4))
      #expect(Int(bytes[0]) == exponent + 127)
      #expect(try #require(Codecs.dequantize(bytes, format: .mxfp4)) == values.map { Double($0) })
      bytes[0] = 255
      #expect(try #require(Codecs.dequantize(bytes, format: .mxfp4)).allSatisfy(\.isNaN))
    }
  }

  @Test("every format that can be written is held to a bound")
  func covered() {
    #expect(Set(Self.bounds.map { $0.0 }) == Set(Codecs.writable))
  }

  @Test("zeros stay zeros", arguments: Codecs.writable)
  func zeros(format: TensorFormat) throws {
    let bytes = try #require(Codecs.quantize([Float](repeating: 0, count: 256), format: format))
    #expect(try #require(Codecs.dequantize(bytes, format: format)).allSatisfy { $0 == 0 })
  }

  @Test("numbers that are not finite or too large give finite values", arguments: Codecs.writable)
  func extremes(format: TensorFormat) throws {
    for extreme in [Float.nan, .infinity, -.infinity, .greatestFiniteMagnitude, 1e6, .leastNonzeroMagnitude] {
      var values = [Float](repeating: 1, count: 256)
      values[77] = extreme
      let bytes = try #require(Codecs.quantize(values, format: format))
      #expect(try #require(Codecs.dequantize(bytes, format: format)).allSatisfy(\.isFinite))
    }
  }

  @Test("parts of blocks and formats without a codec are refused")
  func refused() {
    #expect(Codecs.quantize([1, 2, 3], format: .q4_0) == nil)
    #expect(Codecs.quantize([Float](repeating: 0, count: 256), format: .iq2_s) == nil)
    #expect(Codecs.dequantize([1, 2, 3], format: .q8_0) == nil)
    #expect(Codecs.dequantize([UInt8](repeating: 0, count: 82), format: .iq2_s) == nil)
  }
}
