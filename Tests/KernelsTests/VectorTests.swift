import Kernels
import Quantization
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Vector operations")
struct VectorTests {
  static let counts = [1, 2, 31, 32, 33, 100, 257]
  private let unit = 0x1p-24

  private func doubles(_ floats: [Float]) -> [Double] { floats.map { Double($0) } }

  @Test("RMS norm", arguments: KernelSet.usable, counts)
  func rmsNorm(kernels: KernelSet, count: Int) throws {
    var noise = Noise(seed: 1)
    let (x, weight) = (noise.floats(count), noise.floats(count))
    let source = try GuardedBuffer(of: x)
    let factors = try GuardedBuffer(of: weight)
    kernels.rmsNorm(
      UnsafeBufferPointer(source.values(of: Float.self)), weight: UnsafeBufferPointer(factors.values(of: Float.self)),
      epsilon: 1e-5, into: source.values(of: Float.self))
    let want = Reference.rmsNorm(doubles(x), weight: doubles(weight), epsilon: Double(Float(1e-5)))
    let bound = (Double(count) / 16 + 12) * unit
    for (value, want) in zip(source.values(of: Float.self), want) {
      #expect(abs(Double(value) - want) <= bound * abs(want))
    }
  }

  @Test("rotary embedding in both orders, with values that stay", arguments: KernelSet.usable, [2, 6, 64, 100])
  func rope(kernels: KernelSet, rotated: Int) throws {
    let (heads, headSize) = (3, 104)
    var noise = Noise(seed: 2)
    let x = noise.floats(heads * headSize)
    let angles = (0..<rotated / 2).map { 0.37 * Double($0 + 1) }
    let turns = angles.map { Reference.rope([1, 0], angles: [$0], interleaved: true) }
    for order in [RotaryOrder.interleaved, .halves] {
      let data = try GuardedBuffer(of: x)
      let cosines = try GuardedBuffer(of: turns.map { Float($0[0]) })
      let sines = try GuardedBuffer(of: turns.map { Float($0[1]) })
      kernels.rope(
        data.values(of: Float.self), heads: heads, headSize: headSize,
        cosines: UnsafeBufferPointer(cosines.values(of: Float.self)),
        sines: UnsafeBufferPointer(sines.values(of: Float.self)), order: order)
      for head in 0..<heads {
        let range = head * headSize..<(head + 1) * headSize
        let want = Reference.rope(doubles(Array(x[range])), angles: angles, interleaved: order == .interleaved)
        // Cosine and sine rounded, two products, one sum, of a pair no longer than the root of two.
        for (value, want) in zip(data.values(of: Float.self)[range], want) {
          #expect(abs(Double(value) - want) <= 5 * unit * 1.4143)
        }
        #expect(
          data.values(of: Float.self)[range.lowerBound + rotated..<range.upperBound].elementsEqual(
            x[range.lowerBound + rotated..<range.upperBound]))
      }
    }
  }

  @Test("SwiGLU over the whole range of gates", arguments: KernelSet.usable)
  func silu(kernels: KernelSet) throws {
    let gate = (0..<1003).map { Float($0 - 500) / 5 } + [1e-30, -1e-30, 3e38, -3e38]
    let up = gate.indices.map { Float($0 % 7) - 3 }
    let gates = try GuardedBuffer(of: gate)
    let ups = try GuardedBuffer(of: up)
    kernels.siluMultiply(
      gate: UnsafeBufferPointer(gates.values(of: Float.self)), up: UnsafeBufferPointer(ups.values(of: Float.self)),
      into: gates.values(of: Float.self))
    for (i, value) in gates.values(of: Float.self).enumerated() where abs(gate[i]) < 1e30 {
      let want = Reference.silu(Double(gate[i])) * Double(up[i])
      #expect(abs(Double(value) - want) <= 16 * unit * abs(want) + 2e-36 * abs(Double(up[i])), "\(gate[i])")
    }
  }

  private func gated(
    _ gate: [Float], _ up: [Float],
    _ run: (UnsafeBufferPointer<Float>, UnsafeBufferPointer<Float>, UnsafeMutableBufferPointer<Float>) -> Void
  ) throws -> [Float] {
    let gates = try GuardedBuffer(of: gate)
    let ups = try GuardedBuffer(of: up)
    let out = gates.values(of: Float.self)
    run(UnsafeBufferPointer(out), UnsafeBufferPointer(ups.values(of: Float.self)), out)
    return Array(out)
  }

  @Test("GeGLU over the whole range of gates", arguments: KernelSet.usable)
  func gelu(kernels: KernelSet) throws {
    let gate = (0..<1003).map { Float($0 - 500) / 50 } + [1e-30, -1e-30, 0, 1e5, -1e5, 1e11, -1e11]
    let up = gate.indices.map { Float($0 % 7) - 3 }
    let out = try gated(gate, up) { kernels.geluMultiply(gate: $0, up: $1, into: $2) }
    for (i, value) in out.enumerated() {
      let x = Double(gate[i])
      let z = 0.7978845608028654 * (x + 0.044715 * x * x * x)
      // x (1 + tanh z) / 2, without the difference that cancels for large negative numbers.
      let want = x / (1 + exp(-2 * z)) * Double(up[i])
      let bound = (16 + 16 * min(abs(z), 45)) * unit * abs(want) + 1e-37 * abs(x * Double(up[i]))
      #expect(abs(Double(value) - want) <= bound, "\(gate[i])")
    }
  }

  @Test("clamped SwiGLU below, at and beyond its limits", arguments: KernelSet.usable)
  func clamped(kernels: KernelSet) throws {
    let gate = (0..<1003).map { Float($0 - 500) / 20 } + [7, -7, 1e-30, 3e38, -3e38]
    let up = gate.indices.map { Float($0 % 41) / 2 - 10 }
    let out = try gated(gate, up) { kernels.clampedSwiGLU(gate: $0, up: $1, into: $2) }
    for (i, value) in out.enumerated() where gate[i] > -1e30 {
      let (g, v) = (min(Double(gate[i]), 7), max(-7, min(Double(up[i]), 7)))
      let swish = g / (1 + exp(-1.702 * g))
      let bound = (16 + 4 * abs(g)) * unit * abs(swish) * (abs(v) + 1) + 1e-37 * abs(g) * (abs(v) + 1)
      #expect(abs(Double(value) - swish * (v + 1)) <= bound, "\(gate[i]) \(up[i])")
    }
  }

  @Test("soft caps near zero, around the change of formula and far beyond the cap", arguments: KernelSet.usable)
  func softCap(kernels: KernelSet) throws {
    for cap in [Float(30), 50, 0.7] {
      let x =
        (-600...600).map { Float($0) / 100 * cap } + [1e-30, -1e-20, 0.25 * cap, 0.2499999 * cap, 1e30, -1e30, 3e38]
      let data = try GuardedBuffer(of: x)
      kernels.softCap(data.values(of: Float.self), cap: cap)
      for (value, x) in zip(data.values(of: Float.self), x) {
        let want = Double(cap) * tanh(Double(x) / Double(cap))
        #expect(abs(Double(value) - want) <= 24 * unit * abs(want), "\(x) in \(cap)")
      }
    }
  }

  @Test("caps and limits do not hide what is not finite", arguments: KernelSet.usable)
  func notFinite(kernels: KernelSet) throws {
    for value in [Float.infinity, -.infinity, .nan] {
      let data = try GuardedBuffer(of: [1, value, 2])
      kernels.softCap(data.values(of: Float.self), cap: 30)
      #expect(data.values(of: Float.self).map(\.isNaN) == [false, true, false])
      let other: [Float] = [1, 2, 3]
      #expect(
        try gated([1, value, 2], other) { kernels.clampedSwiGLU(gate: $0, up: $1, into: $2) }.map(\.isNaN)
          == [false, true, false])
      #expect(
        try gated(other, [1, value, 2]) { kernels.clampedSwiGLU(gate: $0, up: $1, into: $2) }.map(\.isNaN)
          == [false, true, false])
    }
  }

  @Test("scaling and scaled sums", arguments: KernelSet.usable, counts)
  func scale(kernels: KernelSet, count: Int) throws {
    var noise = Noise(seed: 5)
    let (x, y) = (noise.floats(count), noise.floats(count))
    let scaled = try GuardedBuffer(of: x)
    kernels.scale(scaled.values(of: Float.self), by: 0.3)
    #expect(scaled.values(of: Float.self).elementsEqual(x.map { $0 * 0.3 }))
    let sum = try GuardedBuffer(of: x)
    let other = try GuardedBuffer(of: y)
    kernels.add(
      UnsafeBufferPointer(other.values(of: Float.self)), times: -1.7, to: sum.values(of: Float.self))
    for (i, value) in sum.values(of: Float.self).enumerated() {
      let (a, b) = (Double(x[i]), Double(Float(-1.7)) * Double(y[i]))
      #expect(abs(Double(value) - (a + b)) <= 2 * unit * (abs(a) + abs(b)))
    }
  }

  @Test("residual sums are exact roundings", arguments: KernelSet.usable, counts)
  func add(kernels: KernelSet, count: Int) throws {
    var noise = Noise(seed: 3)
    let (x, y) = (noise.floats(count), noise.floats(count))
    let sum = try GuardedBuffer(of: x)
    let other = try GuardedBuffer(of: y)
    kernels.add(UnsafeBufferPointer(other.values(of: Float.self)), to: sum.values(of: Float.self))
    #expect(sum.values(of: Float.self).elementsEqual(zip(x, y).map { $0 + $1 }))
  }

  @Test("softmax", arguments: KernelSet.usable, counts)
  func softmax(kernels: KernelSet, count: Int) throws {
    var noise = Noise(seed: 4)
    let x = noise.floats(count).map { $0 * 30 + 100 }
    let data = try GuardedBuffer(of: x)
    kernels.softmax(data.values(of: Float.self))
    let bound = (Double(count) / 16 + 24) * unit
    for (value, want) in zip(data.values(of: Float.self), Reference.softmax(doubles(x))) {
      #expect(abs(Double(value) - want) <= bound * want)
    }
  }

  @Test("the first largest value wins, not-a-number never", arguments: KernelSet.usable)
  func argmax(kernels: KernelSet) throws {
    func check(_ x: [Float], _ want: Int) throws {
      let data = try GuardedBuffer(of: x)
      #expect(kernels.argmax(UnsafeBufferPointer(data.values(of: Float.self))) == want)
    }
    try check([7], 0)
    try check([1, 3, 3, 2], 1)
    try check([.nan, -2, -1, .nan], 2)
    try check([.nan, .nan], 0)
    try check([-.infinity, -.infinity], 0)
    for place in [0, 31, 32, 63, 64, 99] {
      var x = [Float](repeating: -1, count: 100)
      x[place] = 5
      try check(x, place)
    }
  }
}
