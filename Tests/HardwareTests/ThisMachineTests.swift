import Hardware
import JSON
import Testing

@Suite("This machine")
struct ThisMachineTests {
  private let machine = MachineProbe().describe()

  @Test("memory adds up")
  func memory() throws {
    let memory = machine.memory
    let total = try #require(memory.totalBytes)
    let available = try #require(memory.availableBytes)
    let usable = try #require(memory.usableBytes)
    #expect(0 < available && available <= total)
    #expect(usable <= available)
    for limit in memory.limits {
      #expect(limit.leftBytes <= limit.bytes && usable <= limit.leftBytes)
    }
    #expect(memory.swapFreeBytes ?? 0 <= memory.swapTotalBytes ?? 0)
  }

  @Test("cores add up")
  func cores() throws {
    let logical = try #require(machine.cpu.logicalCores)
    let physical = try #require(machine.cpu.physicalCores)
    #expect(1 <= physical && physical <= logical)
    #expect(try #require(machine.cpu.affinityCores) <= logical)
    #expect(machine.cpu.coreKinds.reduce(0) { $0 + $1.count } == physical)
    #expect((1...physical).contains(try #require(machine.cpu.usableCores)))
    for cache in machine.cpu.caches { #expect(cache.sharedByCores * cache.instances >= logical) }
  }

  @Test("instruction sets are known by name and agree with what the kernel has enabled")
  func instructionSets() throws {
    #expect(!machine.cpu.instructionSets.isEmpty)
    for name in machine.cpu.instructionSets { #expect(InstructionSet(rawValue: name) != nil) }
    // Without the processor's word the probe reads the kernel's: both must agree on what kernels are chosen by.
    var calls = SystemCalls.thisMachine
    calls.instructionSets = { nil }
    let told = MachineProbe(calls: calls).describe().cpu.instructionSets
    for name in ["avx2", "fma", "f16c", "avx512", "avx512_vnni", "dotprod", "i8mm"] {
      #expect(machine.cpu.instructionSets.contains(name) == told.contains(name), "\(name)")
    }
  }

  @Test("storage has no more free than in total")
  func storage() throws {
    let storage = try #require(machine.storage)
    #expect(try #require(storage.freeBytes) <= #require(storage.totalBytes))
  }

  @Test("what is missing says where it was looked for")
  func missing() {
    for absence in machine.notFound {
      #expect(!absence.what.isEmpty && !absence.lookedAt.isEmpty)
    }
    #expect(machine.toolchains.map(\.name).sorted() == machine.toolchains.map(\.name))
  }
}
