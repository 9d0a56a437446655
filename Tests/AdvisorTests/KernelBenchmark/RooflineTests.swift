import Advisor
import Evidence
import Kernels
import TensorFormats
import Testing

@Suite("The roofline of kernels")
struct RooflineTests {
  /// 10 GB/s of memory, 100 GB/s of cache, 200 and 50 billion operations a second.
  static let roofline = Roofline(
    tier: "scalar", memoryBandwidthBytesPerSecond: rate(10e9), cacheBandwidthBytesPerSecond: rate(100e9),
    int8OperationsPerSecond: rate(200e9), float32OperationsPerSecond: rate(50e9))

  static func rate(_ value: Double) -> Quantity { Quantity(value, evidence: .measured, source: "test") }

  struct Case: Sendable {
    let intensity: Double
    let arithmetic: Roofline.Arithmetic
    let residence: KernelShape.Residence
    let ceiling: Roofline.Ceiling
    let allowed: Double
  }

  @Test(
    "has the lower of bandwidth and arithmetic at each intensity",
    arguments: [
      Case(intensity: 2, arithmetic: .int8, residence: .memory, ceiling: .memoryBandwidth, allowed: 20e9),
      Case(intensity: 19.9, arithmetic: .int8, residence: .memory, ceiling: .memoryBandwidth, allowed: 199e9),
      Case(intensity: 20, arithmetic: .int8, residence: .memory, ceiling: .int8, allowed: 200e9),
      Case(intensity: 500, arithmetic: .float32, residence: .memory, ceiling: .float32, allowed: 50e9),
      Case(intensity: 0.25, arithmetic: .float32, residence: .cache, ceiling: .cacheBandwidth, allowed: 25e9),
      Case(intensity: 2, arithmetic: .float32, residence: .cache, ceiling: .float32, allowed: 50e9),
      Case(intensity: 1, arithmetic: .int8, residence: .cache, ceiling: .cacheBandwidth, allowed: 100e9),
    ])
  func limits(one: Case) {
    let limit = Self.roofline.limit(
      operationsPerByte: one.intensity, arithmetic: one.arithmetic, residence: one.residence)
    #expect(limit.ceiling == one.ceiling)
    #expect(abs(limit.operationsPerSecond - one.allowed) < 1)
  }

  @Test("counts a product's operations, and weights, activations and results once each")
  func product() {
    // Q4_0 stores 32 weights in 18 bytes; a token's 64 activations take 64 codes and four padded sections of 64 bytes.
    let decode = KernelWork.product(.q4_0, layout: .rows, rows: 32, columns: 64, tokens: 1)
    #expect(decode.operations == 4096)
    let activationBytes = Double(ActivationFormat.q8.byteCount(columns: 64))
    #expect(decode.bytes == 32.0 * 36 + activationBytes + 128)
    #expect(activationBytes == 320)
    #expect(decode.arithmetic == .int8)
    let prefill = KernelWork.product(.f16, layout: .rows, rows: 32, columns: 64, tokens: 10)
    #expect(prefill.operations == 40960)
    #expect(prefill.bytes == 4096 + 10 * (256 + 128))
    #expect(prefill.arithmetic == .float32)
    #expect(prefill.operationsPerByte == prefill.operations / prefill.bytes)
  }

  @Test(
    "finds decode bound by memory and long prompts by arithmetic, whatever the format", arguments: KernelSet.formats)
  func regimes(format: TensorFormat) {
    func ceiling(_ tokens: Int) -> Roofline.Ceiling {
      let work = KernelWork.product(format, layout: .strips, rows: 2048, columns: 8192, tokens: tokens)
      return Self.roofline.limit(
        operationsPerByte: work.operationsPerByte, arithmetic: work.arithmetic, residence: .memory
      ).ceiling
    }
    #expect(ceiling(1) == .memoryBandwidth)
    #expect(ceiling(256) == (format.valuesPerBlock == 1 ? .float32 : .int8))
  }

  @Test("counts the cells of attention once, however many rows see them", arguments: CellFormat.allCases)
  func attention(format: CellFormat) {
    let one = KernelWork.attention(format, headSize: 64, positions: 1024, rows: 1)
    let many = KernelWork.attention(format, headSize: 64, positions: 1024, rows: 8)
    let cells = Double(format.tensorFormat.byteCount(values: 2 * 1024 * 64) ?? 0)
    #expect(one.bytes == cells + 512)
    #expect(many.bytes == cells + 8 * 512)
    #expect(many.operations == 8 * one.operations)
    #expect(one.operations == 262_144)
  }

  @Test("knows what vector operations read and write")
  func vectors() {
    #expect(KernelWork.rmsNorm(columns: 100).bytes == 1200)
    #expect(KernelWork.softmax(columns: 100).bytes == 800)
    #expect(KernelWork.silu(columns: 100).operations == 500)
    #expect(KernelWork.rope(heads: 2, headSize: 8).operations == 48)
    #expect(KernelWork.rope(heads: 2, headSize: 8).bytes == 128 + 32)
  }
}
