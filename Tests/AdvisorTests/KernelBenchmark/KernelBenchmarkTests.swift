import Advisor
import Evidence
import Kernels
import TensorFormats
import Testing

@Suite("Measuring kernels", .serialized)
struct KernelBenchmarkTests {
  private let advisor = Advisor()

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let kind: Refusal.Kind
    let words: [String]
    let request: KernelBenchmarkRequest

    init(
      _ name: String, _ kind: Refusal.Kind, _ words: [String],
      _ change: (inout KernelBenchmarkRequest) -> Void
    ) {
      testDescription = name
      self.kind = kind
      self.words = words
      var request = KernelBenchmarkRequest()
      change(&request)
      self.request = request
    }
  }

  static let refused = [
    Case("an unknown format", .invalidRequest, ["'Q9_Z'", "Q4_0", "MXFP4"]) { $0.formats = ["Q4_0", "Q9_Z"] },
    Case("an unknown tier", .invalidRequest, ["sse9", "scalar", "or all"]) { $0.tiers = ["sse9"] },
    Case("more threads than cores", .invalidRequest, ["threads 1024", "logical cores"]) { $0.threads = 1024 },
    Case("columns that end inside a block", .invalidRequest, ["columns 320", "Q4_K", "multiple of 256"]) {
      $0.formats = ["Q8_0", "Q4_K"]
      $0.shapes = [KernelShape(rows: 8, columns: 320)]
    },
    Case("more than fits in memory", .insufficientMemory, ["half of the", "smaller shapes"]) {
      $0.formats = ["F32"]
      $0.shapes = [KernelShape(rows: 1 << 20, columns: 1 << 20)]
    },
    Case("more measurements than anybody reads", .invalidRequest, ["5000", "fewer formats"]) {
      $0.tokens = Array(1...16)
      $0.shapes = (1...32).map { KernelShape(rows: $0, columns: 256) }
    },
  ]

  @Test("refuses what cannot be measured and says what to do", arguments: refused)
  func refusals(one: Case) {
    do throws(Refusal) {
      _ = try advisor.planKernels(one.request)
      Issue.record("not refused")
    } catch {
      #expect(error.kind == one.kind)
      for word in one.words { #expect(error.message.contains(word), "\(error.message)") }
    }
  }

  @Test("plans every format in the fastest tier when nothing is asked for, and each value once")
  func plan() throws {
    let plan = try advisor.planKernels(KernelBenchmarkRequest())
    #expect(plan.formats == KernelSet.formats)
    #expect(plan.tiers == [try KernelSet.select()])
    #expect(plan.measurements == 16 * 2 * 4 + 3 * 2 * 4 + 5)
    // The whole run in well under a minute.
    #expect(Double(plan.measurements) * plan.secondsPerMeasurement < 30)

    var twice = KernelBenchmarkRequest()
    twice.formats = ["q4_0", "Q4_0"]
    twice.tiers = ["all"]
    twice.tokens = [1, 1]
    let once = try advisor.planKernels(twice)
    #expect(once.formats.map(\.name) == ["Q4_0"])
    #expect(once.tiers == KernelSet.usable)
    #expect(once.tokens == [1])
  }

  @Test("gives a row for each measurement, with rates, intensity and the ceiling that binds")
  func rows() throws {
    var request = KernelBenchmarkRequest()
    request.formats = ["Q4_0", "F16"]
    request.tokens = [1, 9]
    request.shapes = [
      KernelShape(rows: 96, columns: 256), KernelShape(rows: 33, columns: 256, residence: .cache),
    ]
    request.secondsPerMeasurement = 0.002
    let plan = try advisor.planKernels(request)
    let report = try advisor.benchmarkKernels(plan)
    #expect(report.rows.count == plan.measurements)
    #expect(report.ceilings.map(\.tier) == plan.tiers.map(\.tier.rawValue))
    let roofline = try #require(report.ceilings.first)
    for row in report.rows {
      #expect(row.operationsPerSecond.value > 0 && row.bytesPerSecond.value > 0, "\(row)")
      #expect(row.operationsPerSecond.evidence == .measured && row.operationsPerByte.evidence == .computed)
      let ratio = row.operationsPerSecond.value / row.bytesPerSecond.value
      #expect(abs(ratio / row.operationsPerByte.value - 1) < 1e-9, "\(row)")
      let bound =
        switch row.ceiling {
        case .memoryBandwidth: roofline.memoryBandwidthBytesPerSecond.value * row.operationsPerByte.value
        case .cacheBandwidth: roofline.cacheBandwidthBytesPerSecond.value * row.operationsPerByte.value
        case .int8: roofline.int8OperationsPerSecond.value
        case .float32: roofline.float32OperationsPerSecond.value
        }
      #expect(abs(row.ceilingFraction * bound / row.operationsPerSecond.value - 1) < 1e-9, "\(row)")
      #expect(row.residence == .cache || row.ceiling != .cacheBandwidth)
    }
    let products = report.rows.filter { $0.family == .product }
    #expect(products.map(\.format) == ["Q4_0", "Q4_0", "Q4_0", "Q4_0", "F16", "F16", "F16", "F16"])
    #expect(products.map(\.tokens) == [1, 9, 1, 9, 1, 9, 1, 9])
    #expect(products[2].shape.rows == 33 && products[2].residence == .cache)
  }

  @Test("ends when it is cancelled")
  func cancel() throws {
    let cancellation = Cancellation()
    let plan = try advisor.planKernels(KernelBenchmarkRequest())
    #expect(throws: Cancelled.self) {
      try advisor.benchmarkKernels(
        plan, cancellation: cancellation,
        progress: Progress { phase, _, _ in if phase == "kernels" { cancellation.cancel() } })
    }
  }
}
