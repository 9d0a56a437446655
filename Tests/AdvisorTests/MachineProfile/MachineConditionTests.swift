import Benchmarking
import Evidence
import Hardware
import Kernels
import TestSupport
import Testing

@testable import Advisor

@Suite("What slows a machine down")
struct MachineConditionTests {
  private let cpu = "sys/devices/system/cpu/"

  private func condition(_ files: [String: String], power: PowerDescription.Source? = nil) throws -> MachineCondition {
    let tree = try FileTree(files)
    var machine = try MadeUpMachine.profile().machine
    machine.power = power.map { PowerDescription(source: $0, batteryFraction: nil, evidence: "test") }
    return withExtendedLifetime(tree) {
      MachineCondition(machine, files: SystemFiles(root: tree.path, environment: [:]))
    }
  }

  private func machine(hertz: Int, load: String = "0.10", turboOff: Int = 0) -> [String: String] {
    [
      cpu + "online": "0-1\n", cpu + "cpu0/cpufreq/scaling_max_freq": "\(hertz / 1000)\n",
      cpu + "cpu1/cpufreq/scaling_max_freq": "\(hertz / 1000)\n", cpu + "intel_pstate/no_turbo": "\(turboOff)\n",
      "proc/loadavg": "\(load) 0.20 0.30 9/100 1234\n",
    ]
  }

  private func ticks(busy: Int, idle: Int, own: Int) throws -> ProcessorTicks {
    let tree = try FileTree([
      "proc/stat": "cpu \(busy) 0 0 \(idle) 0 0 0 0 0 0\n",
      "proc/self/stat": "1 (a b) R 1 1 1 0 -1 4 1 1 0 0 \(own - 3) 1 1 1 20 0\n",
    ])
    return try withExtendedLifetime(tree) {
      try #require(ProcessorTicks(files: SystemFiles(root: tree.path, environment: [:])))
    }
  }

  @Test("counts the processors that others keep busy, not Edgewise's own work")
  func others() throws {
    let tree = try FileTree([
      "proc/loadavg": "1.90 1.00 1.00 3/200 77\n", "proc/self/task/7/stat": "7 (edgewise) R 1\n",
    ])
    try tree.write(Array("8 (edge) wise) R 1\n".utf8), to: "proc/self/task/8/stat")
    try tree.write(Array("9 (edgewise) S 1\n".utf8), to: "proc/self/task/9/stat")
    let files = SystemFiles(root: tree.path, environment: [:])
    let before = try ticks(busy: 1000, idle: 1000, own: 100)
    func cores(_ now: ProcessorTicks?, since before: ProcessorTicks?, seconds: Double) -> Double? {
      withExtendedLifetime(tree) {
        OthersLoad.cores(files, processors: 2, now: now, since: before, seconds: seconds)
      }
    }
    // All of two seconds on two processors was our own work; then half of it.
    #expect(cores(try ticks(busy: 1400, idle: 1000, own: 500), since: before, seconds: 2) == 0)
    #expect(cores(try ticks(busy: 1400, idle: 1000, own: 300), since: before, seconds: 2) == 1)
    // Without a look before, or with one long ago: one thread of the three that run is another's.
    #expect(cores(try ticks(busy: 1400, idle: 1000, own: 500), since: nil, seconds: 0) == 1)
    #expect(cores(try ticks(busy: 1400, idle: 1000, own: 500), since: before, seconds: 3600) == 1)
    #expect(cores(try ticks(busy: 1010, idle: 1010, own: 100), since: before, seconds: 1) == 1)
  }

  @Test("takes no more than the load average for what runs at one moment")
  func moment() throws {
    let found = try condition(["proc/loadavg": "0.20 0.10 0.10 8/200 77\n"])
    #expect(found.othersBusyCores == 0.2)
    #expect(try condition(["proc/loadavg": "9.00 0.10 0.10 1/200 77\n"]).othersBusyCores == 0)
    #expect(try condition(["proc/loadavg": "odd\n"]).othersBusyCores == nil)
  }

  @Test("is read from the kernel's files, and nothing where there are none")
  func read() throws {
    let found = try condition(machine(hertz: 3_000_000_000, load: "1.50"), power: .mains)
    #expect(found.allowedHertz == 3_000_000_000 && found.isBoostAllowed == true && found.othersBusyCores == 1.5)
    #expect(found.powerSource == .mains && found.throttleSign == nil)
    let nothing = try condition([:])
    #expect(nothing.allowedHertz == nil && nothing.isBoostAllowed == nil && nothing.othersBusyCores == nil)
    #expect(nothing.slowdowns(since: found, cores: 2).isEmpty)
  }

  @Test("is said when it changed for the worse, and not otherwise")
  func slowdowns() throws {
    let then = try condition(machine(hertz: 3_000_000_000), power: .mains)
    #expect(then.slowdowns(since: then, cores: 2).isEmpty)
    func says(_ files: [String: String], _ power: PowerDescription.Source = .mains) throws -> [String] {
      try condition(files, power: power).slowdowns(since: then, cores: 2)
    }
    #expect(try says(machine(hertz: 3_500_000_000)).isEmpty)
    #expect(try says(machine(hertz: 1_200_000_000)).first?.contains("1200 MHz now, and 3000 MHz") == true)
    #expect(try says(machine(hertz: 3_000_000_000, turboOff: 1)).first?.contains("base frequency") == true)
    #expect(try says(machine(hertz: 3_000_000_000, load: "1.90")).first?.contains("1.9 of 2 cores") == true)
    #expect(try says(machine(hertz: 3_000_000_000), .battery).first?.contains("battery") == true)
    var hot = machine(hertz: 3_000_000_000)
    hot["sys/devices/platform/soc/soc:firmware/get_throttled"] = "50004\n"
    #expect(try says(hot).first?.contains("firmware reports throttling") == true)
  }

  @Test("comes with every answer from the kept profile")
  func answers() throws {
    let tree = try FileTree([:])
    let store = ProfileStore(folder: tree.path)
    let here = try HereMemory.here()
    var profile = try MadeUpMachine.profile()
    profile.fingerprint = here.fingerprint
    profile.condition = here.condition
    try store.save(profile, tier: here.kernels.tier)
    let advisor = Advisor()
    // The load of this machine may have changed since.
    let usual = try #require(try advisor.speedBasis(nil, store: store).basis).record.remarks
    #expect(usual.allSatisfy { $0.contains("Other programs keep") })

    profile.condition?.allowedHertz = 9_000_000_000
    profile.condition?.othersBusyCores = -1000
    try store.save(profile, tier: here.kernels.tier)
    let basis = try #require(try advisor.speedBasis(nil, store: store).basis)
    #expect(basis.profile != nil && basis.record.remarks.contains { $0.contains("Other programs keep") })
    let known = KnownMachine(machine: here.machine)
    let speed = try advisor.machineSpeed(nil, known, store: store)
    #expect(speed.basis(.cpu)?.record.remarks == basis.record.remarks)
    let answer = try advisor.predictSpeed(SpeedQuestion(model: "smollm2-135m"), basis: basis)
    #expect(answer.assumptions.contains { $0.what.contains("Other programs keep") })

    profile.fingerprint.frequencyGovernor = "powersave"
    profile.fingerprint.quotaCores = 0.5
    try store.save(profile, tier: here.kernels.tier)
    let changed = try advisor.machineSpeed(nil, known, store: store)
    #expect(changed.basis(.cpu)?.profile == nil)
    #expect(changed.remarks.contains { $0.contains("frequency governor: powersave then") && $0.contains("quota") })
    var question = QuantizationQuestion(
      model: try advisor.describe(model: "smollm2-135m"), memory: try advisor.memoryModel("smollm2-135m"),
      reference: "smollm2-135m", speed: changed)
    question.device = .cpu
    let advice = advisor.adviseQuantization(question)
    #expect(advice.assumptions.contains { $0.what.contains("frequency governor: powersave then") })
  }
}
