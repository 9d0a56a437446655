import Evidence
import Hardware
import Testing

@Suite("Values that the caller gives")
struct MachineOverridesTests {
  @Test("replace what was found, and are marked")
  func replaced() throws {
    var given = MachineOverrides()
    given.memoryBytes = 16 << 30
    given.physicalCores = 12
    given.instructionSets = ["avx2", "avx2", "fma"]
    given.memoryBandwidthBytesPerSecond = 50e9
    given.accelerators = [.init(kind: .gpu, vendor: "NVIDIA", name: "RTX 4060", memoryBytes: 8 << 30)]
    let machine = try RecordedMachine.serverAMD.describe().overridden(by: given)
    #expect(
      machine.memory.totalBytes == 16 << 30 && machine.memory.usableBytes == 16 << 30 && machine.memory.limits.isEmpty)
    #expect(machine.cpu.physicalCores == 12 && machine.cpu.logicalCores == nil && machine.cpu.usableCores == 12)
    #expect(machine.cpu.caches.isEmpty && machine.cpu.quotaCores == nil)
    #expect(machine.cpu.instructionSets == ["avx2", "fma"])
    #expect(machine.cpu.instructionSetsSource == MachineDescription.callerSource)
    #expect(machine.memoryBandwidthBytesPerSecond?.evidence == .assumed)
    #expect(machine.accelerators.map(\.source) == [MachineDescription.callerSource])
    #expect(
      machine.givenByCaller == [
        "cpu.instructionSets", "cpu.physicalCores", "memory.totalBytes", "memoryBandwidthBytesPerSecond",
        "accelerators",
      ])
  }

  @Test("leave everything alone when there are none")
  func none() throws {
    let machine = try RecordedMachine.laptopIntel.describe()
    #expect(machine.overridden(by: MachineOverrides()) == machine)
  }

  @Test("available memory replaces the limits and never exceeds a given total")
  func available() throws {
    var given = MachineOverrides()
    given.availableMemoryBytes = 3 << 30
    let probed = try RecordedMachine.serverAMD.describe()
    #expect(probed.overridden(by: given).memory.usableBytes == 3 << 30)
    #expect(probed.overridden(by: given).memory.totalBytes == probed.memory.totalBytes)
    given.memoryBytes = 1 << 30
    #expect(probed.overridden(by: given).memory.usableBytes == 1 << 30)
  }
}
