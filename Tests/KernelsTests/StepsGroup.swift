import Kernels

/// 256 columns of a token's activations in steps, read back by the layout that `activation.h` states.
struct StepsGroup {
  private static let byteCount = 448

  let codes: [Int8]
  let steps: [Int32]
  let spans: [Float]
  let negated: [Int32]
  let halves: [Int32]
  let unit: Float

  /// The group of `matrix` that holds `column` of `token`.
  init(of matrix: ActivationMatrix, token: Int, column: Int) {
    let begin = token * matrix.tokenByteCount + column / 256 * Self.byteCount
    let bytes = UnsafeRawBufferPointer(rebasing: matrix.bytes[begin..<begin + Self.byteCount])
    codes = Array(UnsafeRawBufferPointer(rebasing: bytes[..<256]).bindMemory(to: Int8.self))
    steps = (0..<8).map { bytes.load(fromByteOffset: 256 + 4 * $0, as: Int32.self) }
    spans = (0..<8).map { bytes.load(fromByteOffset: 288 + 4 * $0, as: Float.self) }
    negated = (0..<8).map { bytes.load(fromByteOffset: 320 + 4 * $0, as: Int32.self) }
    halves = (0..<16).map { bytes.load(fromByteOffset: 352 + 4 * $0, as: Int32.self) }
    unit = bytes.load(fromByteOffset: 416, as: Float.self)
  }

  /// 2 to the step of a block, which is stored shifted to where f32 has its exponent.
  func power(_ block: Int) -> Double { Double(UInt64(1) << UInt64(steps[block] >> 23)) }

  /// The number that the code in `place` stands for.
  func value(at place: Int) -> Double { Double(codes[place]) * power(place / 32) * Double(unit) }
}
