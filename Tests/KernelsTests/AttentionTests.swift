import Kernels
import Quantization
import Testing

@Suite("Attention")
struct AttentionTests {
  struct Shape: Sendable {
    let headSize: Int
    let visible: [UInt32]
    let gap: Int
  }

  static let shapes = [
    Shape(headSize: 8, visible: [1], gap: 0), Shape(headSize: 64, visible: [33, 33, 33, 33], gap: 0),
    Shape(headSize: 72, visible: [31, 32], gap: 8), Shape(headSize: 128, visible: [65], gap: 128),
    Shape(headSize: 16, visible: (1...70).map { UInt32($0) }, gap: 0),
    Shape(headSize: 256, visible: [5, 40, 2], gap: 0),
  ]

  @Test("matches the reference for one row, a group and a causal batch", arguments: KernelSet.usable, shapes)
  func attend(kernels: KernelSet, shape: Shape) throws {
    let (size, rows) = (shape.headSize, shape.visible.count)
    let stride = size + shape.gap
    let positions = Int(shape.visible.max() ?? 0)
    var noise = Noise(seed: 6)
    let queries = noise.floats(rows * size)
    // The last position has no gap after it: memory ends there.
    let cached = positions * stride - shape.gap
    let keys = noise.floats(cached).map { Float16($0) }
    let values = noise.floats(cached).map { Float16($0) }
    let scale = Float(4) / Float(size).squareRoot()

    let q = try GuardedBuffer(of: queries)
    let k = try GuardedBuffer(of: keys.map(\.bitPattern))
    let v = try GuardedBuffer(of: values.map(\.bitPattern))
    let counts = try GuardedBuffer(of: shape.visible)
    let out = try GuardedBuffer(byteCount: 4 * rows * size)
    kernels.attend(
      queries: UnsafeBufferPointer(q.values(of: Float.self)), queryStride: size,
      visible: UnsafeBufferPointer(counts.values(of: UInt32.self)), headSize: size,
      keys: UnsafeBufferPointer(k.values(of: UInt16.self)), values: UnsafeBufferPointer(v.values(of: UInt16.self)),
      positionStride: stride, scale: scale, into: out.values(of: Float.self), outStride: size)

    func vector(_ cache: [Float16], _ position: Int) -> [Double] {
      cache[position * stride..<position * stride + size].map { Double($0) }
    }
    for row in 0..<rows {
      let seen = Int(shape.visible[row])
      let query = queries[row * size..<(row + 1) * size].map { Double($0) }
      let seenKeys = (0..<seen).map { vector(keys, $0) }
      let want = Reference.attention(
        query: query, keys: seenKeys, values: (0..<seen).map { vector(values, $0) }, scale: Double(scale))
      let sums = seenKeys.map { key in zip(query, key).reduce(0) { $0 + abs(Double(scale) * $1.0 * $1.1) } }
      let scores = (Double(size) / 8 + 6) * (sums.max() ?? 0)
      let bound = (Double(seen) / 16 + 40 + 4 * scores) * 0x1p-24
      for (value, want) in zip(out.values(of: Float.self)[row * size..<(row + 1) * size], want) {
        #expect(abs(Double(value) - want) <= bound)
      }
    }
  }

  @Test("huge scores neither overflow nor lose the winner", arguments: KernelSet.usable)
  func huge(kernels: KernelSet) throws {
    let keys = try GuardedBuffer(
      of: [Float16](repeating: 60_000, count: 8).map(\.bitPattern)
        + [Float16](repeating: -60_000, count: 8).map(\.bitPattern))
    let values = try GuardedBuffer(of: (0..<16).map { Float16($0).bitPattern })
    let queries = try GuardedBuffer(of: [Float](repeating: -1000, count: 8))
    let out = try GuardedBuffer(byteCount: 32)
    let visible: [UInt32] = [2]
    visible.withUnsafeBufferPointer {
      kernels.attend(
        queries: UnsafeBufferPointer(queries.values(of: Float.self)), queryStride: 8, visible: $0, headSize: 8,
        keys: UnsafeBufferPointer(keys.values(of: UInt16.self)),
        values: UnsafeBufferPointer(values.values(of: UInt16.self)), positionStride: 8, scale: 1,
        into: out.values(of: Float.self), outStride: 8)
    }
    #expect(Array(out.values(of: Float.self)) == [8, 9, 10, 11, 12, 13, 14, 15])
  }
}
