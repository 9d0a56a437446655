import Kernels
import Quantization
import TensorFormats
import Testing

@Suite("Attention")
struct AttentionTests {
  struct Shape: Sendable {
    var headSize: Int
    var seen: [Range<UInt32>]
    var softCap: Float = 0
    var hasSinks = false
  }

  static let shapes = [
    Shape(headSize: 8, seen: [0..<1]), Shape(headSize: 64, seen: [0..<33, 0..<33, 0..<33, 0..<33]),
    Shape(headSize: 72, seen: [0..<31, 0..<32]), Shape(headSize: 128, seen: [0..<65]),
    Shape(headSize: 16, seen: (1...70).map { 0..<UInt32($0) }), Shape(headSize: 256, seen: [0..<5, 0..<200, 0..<2]),
    Shape(headSize: 32, seen: (1...150).map { UInt32(max(0, $0 - 20))..<UInt32($0) }),
    Shape(headSize: 96, seen: [63..<64, 64..<65, 60..<130, 127..<129, 0..<192], hasSinks: true),
    Shape(headSize: 64, seen: [0..<100, 3..<99, 70..<100], softCap: 2),
    Shape(headSize: 512, seen: [0..<66, 1..<2], softCap: 30, hasSinks: true),
    // As many rows as read the cache as it is stored, in whole tiles and not, and one more.
    Shape(headSize: 128, seen: (90...96).map { 0..<UInt32($0) }),
    Shape(headSize: 64, seen: (60...67).map { 0..<UInt32($0) }),
    Shape(headSize: 64, seen: (60...68).map { 0..<UInt32($0) }),
  ]

  /// A cache of one head in pages that end at an unreadable one, and what its cells hold.
  final class Cache {
    let keys: GuardedBuffer
    let values: GuardedBuffer
    let head: CachedHead
    private(set) var exactKeys: [[Double]] = []
    private(set) var exactValues: [[Double]] = []

    init(format: CellFormat, headSize: Int, positions: Int, noise: inout Noise, kernels: KernelSet) throws {
      let pages = (positions + CellFormat.pagePositions - 1) / CellFormat.pagePositions
      keys = try GuardedBuffer(byteCount: pages * format.pageBytes(headSize: headSize))
      values = try GuardedBuffer(byteCount: pages * format.pageBytes(headSize: headSize))
      head = CachedHead(format: format, headSize: headSize, keys: keys.bytes, values: values.bytes)
      for position in 0..<positions {
        let (key, value) = (noise.floats(headSize), noise.floats(headSize))
        key.withUnsafeBufferPointer { key in
          value.withUnsafeBufferPointer { value in
            kernels.store(key: key, value: value, position: position, in: head)
          }
        }
        exactKeys.append(Self.rounded(key, format))
        exactValues.append(Self.rounded(value, format))
      }
    }

    /// What cells of `format` keep of a vector: the nearest code of the scale as it is stored.
    static func rounded(_ x: [Float], _ format: CellFormat) -> [Double] {
      if format == .f16 { return x.map { Double(Float16($0)) } }
      let largest: Float = format == .q8_0 ? 127 : 7
      return stride(from: 0, to: x.count, by: 32).flatMap { begin in
        let block = x[begin..<begin + 32]
        let scale = Float(Float16((block.map(abs).max() ?? 0) / largest))
        let inverse = scale > 0 ? 1 / scale : 0
        return block.map { value in
          Double(min(largest, max(-largest, value * inverse)).rounded(.toNearestOrEven)) * Double(scale)
        }
      }
    }
  }

  private func run(
    _ kernels: KernelSet, _ shape: Shape, _ format: CellFormat, parts: [Range<Int>]? = nil,
    queriesOf rowsOfNoise: Int? = nil
  ) throws -> (out: [Float], want: [[Double]], bounds: [Double]) {
    let (size, rows) = (shape.headSize, shape.seen.count)
    let positions = Int(shape.seen.map(\.upperBound).max() ?? 0)
    var noise = Noise(seed: 6)
    // The cache follows in the noise: the same one, whatever the rows.
    let queries = Array(noise.floats((rowsOfNoise ?? rows) * size)[..<(rows * size)])
    let sinks = shape.hasSinks ? noise.floats(rows) : nil
    let cache = try Cache(format: format, headSize: size, positions: positions, noise: &noise, kernels: kernels)
    let scale = Float(4) / Float(size).squareRoot()
    let q = try GuardedBuffer(of: queries)
    let first = try GuardedBuffer(of: shape.seen.map(\.lowerBound))
    let visible = try GuardedBuffer(of: shape.seen.map(\.upperBound))
    let sinkValues = try GuardedBuffer(of: sinks ?? [])
    let attention = AttentionRows(
      queries: UnsafeBufferPointer(q.values(of: Float.self)), stride: size,
      first: UnsafeBufferPointer(first.values(of: UInt32.self)),
      visible: UnsafeBufferPointer(visible.values(of: UInt32.self)), scale: scale, softCap: shape.softCap,
      sinks: sinks == nil ? nil : UnsafeBufferPointer(sinkValues.values(of: Float.self)))
    let out = try GuardedBuffer(byteCount: 4 * rows * size)
    let target = out.values(of: Float.self)
    if let parts {
      let sums = try GuardedBuffer(byteCount: 4 * rows * size * parts.count)
      let weights = try GuardedBuffer(byteCount: 8 * rows * parts.count)
      let (sumValues, weightValues) = (sums.values(of: Float.self), weights.values(of: Float.self))
      func piece(_ buffer: UnsafeMutableBufferPointer<Float>, _ begin: Int, _ count: Int)
        -> UnsafeMutableBufferPointer<Float>
      { UnsafeMutableBufferPointer(rebasing: buffer[begin..<begin + count]) }
      for (part, range) in parts.enumerated() {
        kernels.attend(
          attention, to: cache.head, positions: range, into: piece(sumValues, part * rows * size, rows * size),
          outStride: size, largest: piece(weightValues, part * rows, rows),
          total: piece(weightValues, (parts.count + part) * rows, rows))
      }
      for row in 0..<rows {
        let largest = parts.indices.map { weightValues[$0 * rows + row] }
        let total = parts.indices.map { weightValues[(parts.count + $0) * rows + row] }
        largest.withUnsafeBufferPointer { largest in
          total.withUnsafeBufferPointer { total in
            kernels.joinAttention(
              sums: UnsafeBufferPointer(piece(sumValues, row * size, ((parts.count - 1) * rows + 1) * size)),
              stride: rows * size, largest: largest, total: total, sink: sinks?[row],
              into: piece(target, row * size, size))
          }
        }
      }
    } else {
      kernels.attend(attention, to: cache.head, into: target, outStride: size)
    }
    var (want, bounds): ([[Double]], [Double]) = ([], [])
    for row in 0..<rows {
      let seen = Int(shape.seen[row].lowerBound)..<Int(shape.seen[row].upperBound)
      let query = queries[row * size..<(row + 1) * size].map { Double($0) }
      let (keys, values) = (Array(cache.exactKeys[seen]), Array(cache.exactValues[seen]))
      want.append(
        Reference.attention(
          query: query, keys: keys, values: values, scale: Double(scale), softCap: Double(shape.softCap),
          sink: sinks.map { Double($0[row]) }))
      let sums = keys.map { key in zip(query, key).reduce(0) { $0 + abs(Double(scale) * $1.0 * $1.1) } }
      let scores = (Double(size) / 8 + 6) * (sums.max() ?? 0) + 10 * Double(shape.softCap)
      let largest = values.flatMap(\.self).reduce(0) { max($0, abs($1)) }
      bounds.append((Double(seen.count) / 16 + 40 + 4 * scores) * 0x1p-24 * largest)
    }
    return (Array(target), want, bounds)
  }

  private func check(_ result: (out: [Float], want: [[Double]], bounds: [Double]), size: Int) {
    for (row, want) in result.want.enumerated() {
      for (value, want) in zip(result.out[row * size..<(row + 1) * size], want) {
        guard abs(Double(value) - want) <= result.bounds[row] else {
          Issue.record("row \(row): \(value), expected \(want) within \(result.bounds[row])")
          return
        }
      }
    }
  }

  @Test(
    "matches the reference for groups, causal batches, windows, caps and sinks", arguments: KernelSet.usable, shapes)
  func attend(kernels: KernelSet, shape: Shape) throws {
    for format in CellFormat.allCases where shape.headSize.isMultiple(of: format.headSizeMultiple) {
      check(try run(kernels, shape, format), size: shape.headSize)
    }
  }

  @Test("positions in parts that are joined give the same", arguments: KernelSet.usable, shapes)
  func parts(kernels: KernelSet, shape: Shape) throws {
    let positions = Int(shape.seen.map(\.upperBound).max() ?? 0)
    let cuts = [0, 64, 128].filter { $0 < positions } + [positions]
    let parts = zip(cuts, cuts.dropFirst()).map { $0..<$1 }
    check(try run(kernels, shape, .f16, parts: parts), size: shape.headSize)
  }

  @Test("a row is the same bits among few rows and among many", arguments: KernelSet.usable, CellFormat.allCases)
  func fewAndMany(kernels: KernelSet, format: CellFormat) throws {
    let ends = (0..<80).map { UInt32(150 - $0 % 3) }
    let many = try run(kernels, Shape(headSize: 64, seen: ends.map { 0..<$0 }), format, queriesOf: 80)
    for rows in 1...9 {
      let few = try run(kernels, Shape(headSize: 64, seen: ends[..<rows].map { 0..<$0 }), format, queriesOf: 80)
      #expect(few.out[...] == many.out[..<(rows * 64)], "\(rows) rows")
    }
  }

  @Test("cells that were never written may hold anything", arguments: KernelSet.usable)
  func unwritten(kernels: KernelSet) throws {
    var noise = Noise(seed: 9)
    let cache = try Cache(format: .f16, headSize: 8, positions: 1, noise: &noise, kernels: kernels)
    let halves = cache.keys.values(of: UInt16.self)
    for index in halves.indices where index % CellFormat.pagePositions > 0 { halves[index] = 0x7e00 }
    let values = cache.values.values(of: UInt16.self)
    for index in 8..<values.count { values[index] = 0x7c00 }
    let query = [Float](repeating: 1, count: 8)
    let (first, visible): ([UInt32], [UInt32]) = ([0], [1])
    var out = [Float](repeating: 0, count: 8)
    query.withUnsafeBufferPointer { query in
      first.withUnsafeBufferPointer { first in
        visible.withUnsafeBufferPointer { visible in
          out.withUnsafeMutableBufferPointer {
            kernels.attend(
              AttentionRows(queries: query, stride: 8, first: first, visible: visible, scale: 1), to: cache.head,
              into: $0, outStride: 8)
          }
        }
      }
    }
    #expect(out.map(Double.init) == cache.exactValues[0])
  }

  @Test("huge scores neither overflow nor lose the winner", arguments: KernelSet.usable)
  func huge(kernels: KernelSet) throws {
    let keys = try GuardedBuffer(byteCount: CellFormat.f16.pageBytes(headSize: 8))
    let values = try GuardedBuffer(byteCount: CellFormat.f16.pageBytes(headSize: 8))
    let head = CachedHead(format: .f16, headSize: 8, keys: keys.bytes, values: values.bytes)
    for (position, key) in [Float(60_000), -60_000].enumerated() {
      let value = (0..<8).map { Float($0 + 8 * position) }
      [Float](repeating: key, count: 8).withUnsafeBufferPointer { key in
        value.withUnsafeBufferPointer { kernels.store(key: key, value: $0, position: position, in: head) }
      }
    }
    let queries = [Float](repeating: -1000, count: 8)
    let (first, visible): ([UInt32], [UInt32]) = ([0], [2])
    var out = [Float](repeating: 0, count: 8)
    queries.withUnsafeBufferPointer { queries in
      first.withUnsafeBufferPointer { first in
        visible.withUnsafeBufferPointer { visible in
          out.withUnsafeMutableBufferPointer {
            kernels.attend(
              AttentionRows(queries: queries, stride: 8, first: first, visible: visible, scale: 1), to: head, into: $0,
              outStride: 8)
          }
        }
      }
    }
    #expect(out == [8, 9, 10, 11, 12, 13, 14, 15])
  }
}
