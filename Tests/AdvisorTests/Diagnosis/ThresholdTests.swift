import Advisor
import Knowledge
import Testing

/// The limits of the troubleshooter and the profiler: just below, at, and just above each.
@Suite struct ThresholdTests {
  struct Limit: CustomTestStringConvertible, Sendable {
    let code: String
    let limit: Double
    /// Whether the rule fires above the limit rather than below it.
    let firesAbove: Bool
    let set: @Sendable (inout DiagnosisMetrics, Double) -> Void
    var testDescription: String { "\(code) at \(limit)" }

    init(
      _ code: String, _ limit: Double, above: Bool = true,
      _ set: @escaping @Sendable (inout DiagnosisMetrics, Double) -> Void
    ) {
      self.code = code
      self.limit = limit
      firesAbove = above
      self.set = set
    }
  }

  static let limits: [Limit] = [
    Limit("EW352", 0.8) { $0.cpuUtilizationFraction = $1 },
    Limit("EW154", 0.9) { $0.memoryUtilizationFraction = $1 },
    Limit("EW157", 0.9) { $0.acceleratorMemoryUtilizationFraction = $1 },
    Limit("EW361", 0.2) { $0.latencyVariationFraction = $1 },
    Limit("EW351", 0.9) { $0.bandwidthUtilizationFraction = $1 },
    Limit("EW365", 1.5) {
      $0.targetLatencySeconds = 1.5
      $0.latencySeconds = $1
    },
    Limit("EW353", 2) {
      $0.targetTimeToFirstTokenSeconds = 2
      $0.timeToFirstTokenSeconds = $1
    },
    Limit("EW153", 4e9) {
      $0.memoryLimitBytes = 4_000_000_000
      $0.memoryBytes = Int($1)
    },
    Limit("EW363", 20, above: false) {
      $0.targetDecodeTokensPerSecond = 20
      $0.decodeTokensPerSecond = $1
    },
    Limit("EW363", 2, above: false) {
      $0.targetRequestsPerSecond = 2
      $0.requestsPerSecond = $1
    },
    Limit("EW454", 0.95, above: false) { $0.accuracyKeptFraction = $1 },
    Limit("EW655", 0.1) { $0.backgroundLoadFraction = $1 },
    Limit("EW652", 0.9, above: false) { $0.clockFraction = $1 },
    Limit("EW355", 4, above: false) {
      $0.threads = 4
      $0.cpuQuotaCores = $1
    },
    Limit("EW362", 1.5e9) {
      $0.memoryBandwidthBytesPerSecond = 30e9
      $0.targetDecodeTokensPerSecond = 20
      $0.weightBytes = Int($1)
    },
  ]

  func codes(_ limit: Limit, _ value: Double) throws -> [String] {
    var metrics = DiagnosisMetrics()
    limit.set(&metrics, value)
    var request = DiagnosisRequest()
    request.metrics = metrics
    return try Advisor().explain(request).causes.filter { $0.standing == .found }.map(\.code)
  }

  @Test("a limit is crossed beyond it and only there", arguments: limits)
  func limit(_ limit: Limit) throws {
    #expect(try codes(limit, limit.limit * 1.01).contains(limit.code) == limit.firesAbove)
    #expect(try !codes(limit, limit.limit).contains(limit.code))
    #expect(try codes(limit, limit.limit * 0.99).contains(limit.code) == !limit.firesAbove)
  }

  @Test("the numbers that were compared are part of the evidence")
  func evidence() throws {
    var request = DiagnosisRequest()
    request.metrics = DiagnosisMetrics()
    request.metrics?.cpuUtilizationFraction = 0.93
    let cause = try #require(try Advisor().explain(request).causes.first)
    #expect(cause.code == "EW352")
    let metric = try #require(cause.evidence.first { $0.kind == .metric })
    #expect(metric.metric == "run.cpuUtilizationFraction" && metric.value == 0.93 && metric.threshold == 0.8)
  }

  @Test("a busy processor at the bandwidth limit waits for memory: one cause, not the processor")
  func busyButWaiting() throws {
    var request = DiagnosisRequest()
    request.metrics = DiagnosisMetrics()
    request.metrics?.cpuUtilizationFraction = 1
    request.metrics?.bandwidthUtilizationFraction = 0.95
    request.metrics?.latencySeconds = 3
    request.metrics?.targetLatencySeconds = 1
    let diagnosis = try Advisor().explain(request)
    #expect(diagnosis.causes.first?.code == "EW351")
    #expect(!diagnosis.causes.contains { $0.code == "EW352" })
    #expect(diagnosis.causes.first?.why.contains("wrong for decoding") == true)
  }

  @Test("a missed target names its cause before itself")
  func causeBeforeTarget() throws {
    var request = DiagnosisRequest()
    request.metrics = DiagnosisMetrics()
    request.metrics?.latencySeconds = 3
    request.metrics?.targetLatencySeconds = 1
    request.metrics?.cpuUtilizationFraction = 0.9
    let causes = try Advisor().explain(request).causes
    #expect(causes.prefix(2).map(\.code) == ["EW352", "EW365"])
    #expect(causes.contains { $0.code == "EW351" && $0.standing == .possible })
  }

  @Test("the variation is computed from samples")
  func samples() throws {
    var request = DiagnosisRequest()
    request.metrics = DiagnosisMetrics()
    request.metrics?.latencySamplesSeconds = [1, 1, 1, 1, 3]
    #expect(try Advisor().explain(request).causes.contains { $0.code == "EW361" && $0.standing == .found })
    request.metrics?.latencySamplesSeconds = [1, 1.05, 0.95, 1.02, 1]
    #expect(try !Advisor().explain(request).causes.contains { $0.code == "EW361" })
    request.metrics?.latencySamplesSeconds = [1, 9]
    #expect(try !Advisor().explain(request).causes.contains { $0.code == "EW361" })
  }
}
