import Advisor
import Evidence
import Hardware
import JSON
import Knowledge
import Testing

@Suite("The machine that a question is about")
struct MachineResolutionTests {
  private let advisor = Advisor()
  /// A probe that finds nothing, so that no test depends on the machine that runs it.
  private let probe = MachineProbe(
    files: SystemFiles(root: "/nonexistent", environment: [:]), calls: SystemCalls(architecture: { "x86_64" }))

  private func machine(_ reference: MachineReference?) throws -> KnownMachine {
    try advisor.machine(reference, probe: probe)
  }

  @Test("every platform of the catalogue becomes a description", arguments: PlatformRecord.catalogue.records.map(\.id))
  func platforms(id: String) throws {
    let record = try #require(PlatformRecord.catalogue.record(id))
    let known = try machine(.platform(id))
    let machine = known.machine
    #expect(machine.origin == .platformCatalogue && machine.platform == id && machine.name == record.name)
    #expect(!known.isHere)
    for name in machine.cpu.instructionSets { #expect(InstructionSet(rawValue: name) != nil) }
    #expect((machine.cpu.architecture == "unknown") == record.instructionSets.isEmpty)
    let isDevice = ["gpu", "accelerator"].contains(record.deviceClass)
    #expect((machine.memory.totalBytes == nil) == isDevice)
    if let total = machine.memory.totalBytes {
      #expect(total == record.memoryGibibytesOptions.max().map { Int($0) << 30 })
      #expect(try #require(machine.memory.usableBytes) < total)
    }
    // The bandwidth belongs to the memory that it reads.
    #expect((machine.memoryBandwidthBytesPerSecond == nil) || !isDevice)
    for quantity in [machine.memoryBandwidthBytesPerSecond, machine.accelerators.first?.memoryBandwidthBytesPerSecond] {
      if let quantity {
        #expect(quantity.evidence != .measured && quantity.source.contains(record.source))
      }
    }
    #expect((record.gpu != nil) == machine.has(.gpu))
    for accelerator in machine.accelerators {
      #expect(accelerator.vendor != nil && accelerator.source == record.source, "\(accelerator.name)")
    }
    #expect(known.assumptions.allSatisfy { !$0.what.isEmpty && !$0.effect.isEmpty })
  }

  @Test("a figure that belongs to the GPU makes no NPU")
  func jetson() throws {
    let found = try machine(.platform("jetson-orin-nano-super")).machine.accelerators
    #expect(found.map(\.kind) == [.gpu])
    #expect(found.first?.peakTeraOperationsPerSecond == 67)
  }

  @Test("a discrete GPU has memory and bandwidth of its own, and its computer stays unknown")
  func discrete() throws {
    let known = try machine(.platform("rtx-3060-12"))
    #expect(known.machine.accelerators.first?.memoryBytes == 12 << 30)
    #expect(known.machine.accelerators.first?.unifiedMemory == false)
    #expect(known.machine.memory == MemoryDescription())
    #expect(known.assumptions.contains { $0.what.contains("8, 12") })
  }

  @Test("memory given for a platform keeps the share that programs may use")
  func sized() throws {
    var given = MachineOverrides()
    given.memoryBytes = 24 << 30
    let machine = try machine(.described(base: "apple-m4-pro", given)).machine
    #expect(machine.memory.totalBytes == 24 << 30 && machine.memory.usableBytes == 18 << 30)
    #expect(machine.givenByCaller == ["memory.totalBytes"])
  }

  @Test("what the caller says is taken over this machine and marked")
  func overridden() throws {
    var given = MachineOverrides()
    given.memoryBytes = 4 << 30
    given.instructionSets = ["avx2", "quantum"]
    let known = try machine(.described(base: "here", given))
    #expect(known.isHere && known.machine.memory.usableBytes == 4 << 30)
    #expect(known.machine.givenByCaller == ["cpu.instructionSets", "memory.totalBytes"])
    #expect(known.assumptions.contains { $0.what.contains("quantum") })
  }

  @Test("without a base nothing else is known")
  func described() throws {
    var given = MachineOverrides()
    given.physicalCores = 4
    let machine = try machine(.described(base: nil, given)).machine
    #expect(machine.origin == .profile && machine.cpu.usableCores == 4 && machine.memory.totalBytes == nil)
    #expect(machine.cpu.architecture == "unknown")
  }

  @Test("a description that was saved comes back as it was, as a profile")
  func profile() throws {
    let saved = try JSON(encoding: machine(nil).machine)
    let reference = try saved.decode(MachineReference.self)
    guard case .profile(let machine) = reference else {
      Issue.record("\(reference)")
      return
    }
    let known = try self.machine(reference)
    #expect(known.machine.origin == .profile && !known.isHere)
    #expect(known.machine.cpu == machine.cpu && known.machine.notFound == machine.notFound)
  }

  @Test("an unknown name is refused with the nearest one", arguments: [("rpi55", "rpi5"), ("aple-m4", "apple-m4")])
  func unknown(name: String, nearest: String) throws {
    do {
      _ = try machine(.platform(name))
      Issue.record("no refusal")
    } catch let refusal as Refusal {
      #expect(refusal.kind == .machineUnknown)
      #expect(refusal.details["nearest"] == nearest)
      #expect(refusal.message.contains(name) && refusal.message.contains("hardware/list"))
    }
  }

  @Test("values that contradict each other are refused")
  func contradictions() throws {
    var cores = MachineOverrides()
    (cores.physicalCores, cores.logicalCores) = (8, 4)
    var memory = MachineOverrides()
    (memory.memoryBytes, memory.availableMemoryBytes) = (1 << 30, 2 << 30)
    for given in [cores, memory] {
      #expect(throws: Refusal.self) { try machine(.described(base: nil, given)) }
    }
  }
}
