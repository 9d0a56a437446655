import Kernels
import Quantization
import TensorFormats
import Testing

@Suite("Conversions")
struct ConversionTests {
  @Test("rows are read as the reference reads them", arguments: KernelSet.formats)
  func dequantize(format: TensorFormat) throws {
    var noise = Noise(seed: 11)
    let columns = 3 * max(format.valuesPerBlock, 5)
    let bytes = try #require(Codecs.quantize(noise.floats(columns), format: format))
    let row = try GuardedBuffer(bytes)
    let out = try GuardedBuffer(byteCount: 4 * columns)
    KernelSet.usable[0].dequantizeRow(
      UnsafeRawBufferPointer(row.bytes), format: format, columns: columns, into: out.values(of: Float.self))
    let exact = try #require(Codecs.dequantize(bytes, format: format))
    // Two terms, each the product of three factors, and a difference: 4 roundings of terms that stay below 4 here.
    for (value, want) in zip(out.values(of: Float.self), exact) { #expect(abs(Double(value) - want) <= 16 * 0x1p-24) }
  }

  @Test("every f16 number widens exactly and comes back", arguments: KernelSet.usable)
  func everyHalf(kernels: KernelSet) throws {
    let halves = try GuardedBuffer(of: (0...UInt16.max).map { $0 })
    let floats = try GuardedBuffer(byteCount: 4 * 65_536)
    let back = try GuardedBuffer(byteCount: 2 * 65_536)
    kernels.convert(UnsafeBufferPointer(halves.values(of: UInt16.self)), into: floats.values(of: Float.self))
    kernels.convert(UnsafeBufferPointer(floats.values(of: Float.self)), into: back.values(of: UInt16.self))
    var wrong = 0
    for bits in 0...UInt16.max {
      let want = Float(Float16(bitPattern: bits))
      let value = floats.values(of: Float.self)[Int(bits)]
      let returned = back.values(of: UInt16.self)[Int(bits)]
      let same = want.isNaN ? value.isNaN : value.bitPattern == want.bitPattern && returned == bits
      wrong += same ? 0 : 1
    }
    #expect(wrong == 0)
  }

  @Test("f32 numbers round to the nearest f16, ties to even", arguments: KernelSet.usable)
  func rounding(kernels: KernelSet) throws {
    var noise = Noise(seed: 5)
    var floats: [Float] = [0, -0, 65504, 65519.99, 65520, -65520, 1e30, .infinity, -.infinity, .leastNonzeroMagnitude]
    floats += [0x1p-24, 0x1p-25, 0x1.000002p-25, 0x1.8p-24, 0x1p-14, 0x1.ffcp-15, 1.00048828125, 1.00146484375]
    floats += (0..<4096).map { _ in Float(bitPattern: UInt32.random(in: 0x3000_0000..<0x4800_0000, using: &noise)) }
    let source = try GuardedBuffer(of: floats)
    let out = try GuardedBuffer(byteCount: 2 * floats.count)
    kernels.convert(UnsafeBufferPointer(source.values(of: Float.self)), into: out.values(of: UInt16.self))
    for (value, bits) in zip(floats, out.values(of: UInt16.self)) {
      #expect(bits == Float16(value).bitPattern, "\(value)")
    }
  }

  @Test("Q8 activations are within half a step, and their sums are those of the codes", arguments: KernelSet.usable)
  func activations(kernels: KernelSet) throws {
    var noise = Noise(seed: 9)
    var x = noise.floats(160)
    for i in 32..<64 { x[i] = 0 }
    for i in 64..<96 { x[i] *= 1e30 }
    for i in 96..<128 { x[i] *= 1e-20 }
    let source = try GuardedBuffer(of: x)
    let buffer = try GuardedBuffer(byteCount: ActivationFormat.q8.byteCount(columns: 160))
    let matrix = ActivationMatrix(format: .q8, tokens: 1, columns: 160, bytes: buffer.bytes)
    kernels.quantizeActivations(
      UnsafeBufferPointer(source.values(of: Float.self)), stride: 160, tokens: 0..<1, into: matrix)
    // Codes 0 ..< 192 (padded), scales 192 ..< 256, offsets 256 ..< 320, sums from 320.
    for block in 0..<5 {
      let scale = buffer.bytes.load(fromByteOffset: 192 + 4 * block, as: Float.self)
      let offset = buffer.bytes.load(fromByteOffset: 256 + 4 * block, as: Float.self)
      let codes = (0..<32).map { Int(buffer.bytes.load(fromByteOffset: 32 * block + $0, as: Int8.self)) }
      for i in 0..<32 {
        let error = abs(Double(x[32 * block + i]) - Double(scale) * Double(codes[i]))
        #expect(error <= Double(scale) * (0.5 + 127 * 0x1p-22))
      }
      for half in 0..<2 {
        let sum = buffer.bytes.load(fromByteOffset: 320 + 4 * block + 2 * half, as: Int16.self)
        #expect(Int(sum) == codes[16 * half..<16 * half + 16].reduce(0, +))
      }
      #expect(offset == scale * Float(codes.reduce(0, +)))
    }
  }

  @Test("activations in steps are within half of what a code of their block stands for", arguments: KernelSet.usable)
  func steps(kernels: KernelSet) throws {
    var noise = Noise(seed: 10)
    var x = noise.floats(320)
    for i in 32..<64 { x[i] = 0 }
    for i in 64..<96 { x[i] *= 1e30 }
    for i in 96..<128 { x[i] *= 1e-20 }
    for i in 128..<160 { x[i] *= 2e28 }
    let source = try GuardedBuffer(of: x)
    let buffer = try GuardedBuffer(byteCount: ActivationFormat.q8Steps.byteCount(columns: 320))
    let matrix = ActivationMatrix(format: .q8Steps, tokens: 1, columns: 320, bytes: buffer.bytes)
    kernels.quantizeActivations(
      UnsafeBufferPointer(source.values(of: Float.self)), stride: 320, tokens: 0..<1, into: matrix)
    let largest = x.map { abs($0) }.max() ?? 0
    for block in 0..<16 {
      let group = StepsGroup(of: matrix, token: 0, column: block / 8 * 256)
      let (place, unit) = (block % 8, Double(group.unit))
      let codes = group.codes[32 * place..<32 * place + 32].map { Int($0) }
      let values = block < 10 ? x[32 * block..<32 * block + 32].map { Double($0) } : [Double](repeating: 0, count: 32)
      let scale = unit * group.power(place)
      // Less than twice as coarse as codes up to 127 allow, unless that is nothing beside the token's largest.
      let reach = values.map { abs($0) }.max() ?? 0
      #expect(scale < 2.0001 * reach / 127 || group.steps[place] == 0)
      #expect(unit <= Double(largest) / 127 * 0x1.0001p-24)
      for (value, code) in zip(values, codes) {
        #expect(abs(value - scale * Double(code)) <= scale * (0.5 + 127 * 0x1p-22))
      }
      let sum = codes.reduce(0, +)
      #expect(group.negated[place] == -Int32(sum))
      #expect(group.halves[2 * place] == -Int32(codes[..<16].reduce(0, +)))
      #expect(group.halves[2 * place + 1] == -Int32(codes[16...].reduce(0, +)))
      #expect(Double(group.spans[place]) == Double(sum) * group.power(place))
    }
  }

  @Test("a token of zeros or of next to nothing has a unit of zero", arguments: KernelSet.usable, [0, 1e-29 as Float])
  func nothing(kernels: KernelSet, value: Float) throws {
    let source = try GuardedBuffer(of: [Float](repeating: value, count: 64))
    let buffer = try GuardedBuffer(byteCount: ActivationFormat.q8Steps.byteCount(columns: 64))
    let matrix = ActivationMatrix(format: .q8Steps, tokens: 1, columns: 64, bytes: buffer.bytes)
    kernels.quantizeActivations(
      UnsafeBufferPointer(source.values(of: Float.self)), stride: 64, tokens: 0..<1, into: matrix)
    let group = StepsGroup(of: matrix, token: 0, column: 0)
    #expect(group.unit == 0 && group.codes.allSatisfy { $0 == 0 })
  }

  @Test("activations that are not finite stay within their memory", arguments: KernelSet.usable)
  func notFinite(kernels: KernelSet) throws {
    let source = try GuardedBuffer(of: [Float](repeating: .nan, count: 16) + [Float](repeating: .infinity, count: 16))
    let buffer = try GuardedBuffer(byteCount: ActivationFormat.q8.byteCount(columns: 32))
    let matrix = ActivationMatrix(format: .q8, tokens: 1, columns: 32, bytes: buffer.bytes)
    kernels.quantizeActivations(
      UnsafeBufferPointer(source.values(of: Float.self)), stride: 32, tokens: 0..<1, into: matrix)
    #expect(!buffer.bytes.load(fromByteOffset: 64, as: Float.self).isFinite)

    let other = try GuardedBuffer(byteCount: ActivationFormat.q8Steps.byteCount(columns: 32))
    let steps = ActivationMatrix(format: .q8Steps, tokens: 1, columns: 32, bytes: other.bytes)
    kernels.quantizeActivations(
      UnsafeBufferPointer(source.values(of: Float.self)), stride: 32, tokens: 0..<1, into: steps)
    #expect(!StepsGroup(of: steps, token: 0, column: 0).unit.isFinite)
  }
}
