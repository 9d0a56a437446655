import Advisor
import Evidence
import Hardware
import JSON
import Kernels
import Synchronization
import Testing

@Suite("Assessing a machine")
struct AssessMachineTests {
  private let advisor = Advisor()

  @Test("measures this machine: rates with their evidence, and progress that ends at one")
  func measured() throws {
    var question = MachineAssessment()
    question.isMeasured = true
    question.formats = ["q8_0", "F32", "Q8_0"]
    question.threads = 2
    question.timeBudgetSeconds = 0.2
    question.startedAtUnixSeconds = 1_800_000_000
    let fractions = Mutex<[Double]>([])
    let report = try advisor.assess(
      question, progress: Progress { _, fraction, _ in fractions.withLock { $0.append(fraction) } })
    let measurement = try #require(report.measurement)
    #expect(measurement.threads == 2 && measurement.readBandwidth.map(\.threads) == [1, 2])
    #expect(measurement.formats.map(\.format) == ["Q8_0", "F32"])
    #expect(measurement.kernelTier == (try KernelSet.select().tier.rawValue))
    for rate in measurement.formats {
      for quantity in [rate.decodeBytesPerSecond, rate.decodeWeightsPerSecond, rate.prefillOperationsPerSecond] {
        #expect(quantity.value > 0 && quantity.evidence == .measured && quantity.samples ?? 0 >= 1)
      }
      #expect(rate.decodeBandwidthFraction > 0 && rate.prefillComputeFraction > 0)
    }
    // A weight of Q8_0 takes 34/32 bytes.
    let rate = measurement.formats[0]
    let ratio = rate.decodeBytesPerSecond.value / rate.decodeWeightsPerSecond.value
    #expect(abs(ratio - 34.0 / 32) < 1e-9)
    #expect(report.machine.memoryBandwidthBytesPerSecond?.evidence == .measured)
    #expect(try JSON(encoding: measurement)["environment"]?["startedAtUnixSeconds"] == 1_800_000_000)
    let seen = fractions.withLock { $0 }
    #expect(seen == seen.sorted() && seen.last == 1)
  }

  @Test("a bandwidth that the caller gave stays beside the measured one")
  func given() throws {
    var given = MachineOverrides()
    given.memoryBandwidthBytesPerSecond = 7e9
    var question = MachineAssessment(machine: .described(base: "here", given))
    question.isMeasured = true
    question.formats = ["F32"]
    question.threads = 1
    question.timeBudgetSeconds = 0.1
    let report = try advisor.assess(question)
    #expect(report.machine.memoryBandwidthBytesPerSecond?.value == 7e9)
    #expect(report.measurement?.readBandwidth.count == 1)
  }

  @Test("a raised flag ends it")
  func cancelled() throws {
    var question = MachineAssessment()
    question.isMeasured = true
    question.timeBudgetSeconds = 600
    question.store = nil
    let cancellation = Cancellation()
    #expect(throws: Cancelled()) {
      try advisor.assess(
        question, cancellation: cancellation,
        progress: Progress { phase, _, _ in if phase == "bandwidth" { cancellation.cancel() } })
    }
  }

  @Test(
    "another machine cannot be measured, nor a format without a kernel",
    arguments: [
      (MachineReference.platform("rpi5"), nil), (.described(base: "rpi5", MachineOverrides()), nil),
      (.described(base: nil, MachineOverrides()), nil), (.here, ["IQ9_XXL"]),
    ] as [(MachineReference, [String]?)])
  func refused(machine: MachineReference, formats: [String]?) {
    var question = MachineAssessment(machine: machine)
    question.isMeasured = true
    question.formats = formats
    #expect(throws: Refusal.self) { try advisor.assess(question) }
    #expect(throws: Refusal.self) { try advisor.checkMeasurable(question) }
  }

  @Test("an assessment without measuring says how to measure")
  func next() throws {
    let report = try advisor.assess(MachineAssessment())
    #expect(report.measurement == nil)
    #expect(report.next.contains { $0.method == "hardware/assess" && $0.params?["measure"] == true })
  }

  @Test("the list has all platforms by name, and finds them by parts of their titles")
  func list() {
    let all = advisor.listPlatforms()
    #expect(all.count == 68)
    #expect(all.map(\.name) == all.map(\.name).sorted())
    #expect(advisor.listPlatforms(containing: "raspberry").map(\.name).contains("rpi5"))
    #expect(advisor.listPlatforms(containing: "no such thing").isEmpty)
  }
}
