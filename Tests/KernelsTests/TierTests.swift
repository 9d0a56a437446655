import Kernels
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Kernel tiers", .serialized)
struct TierTests {
  @Test("without an override the fastest usable tier is chosen")
  func best() throws {
    #expect(try KernelSet.select(override: nil).tier == .best)
    #expect(Tier.usable.first == .scalar)
    #expect(Tier.usable.last == .best)
    #expect(KernelSet.usable.map(\.tier) == Tier.usable)
  }

  @Test("every usable tier can be chosen by name", arguments: Tier.usable)
  func override(tier: Tier) throws {
    #expect(try KernelSet.select(override: tier.rawValue).tier == tier)
    #expect(try KernelSet(tier).tier == tier)
  }

  @Test("an unknown name is refused with the names that would do")
  func unknown() {
    let error = #expect(throws: TierError.self) { try KernelSet.select(override: "avx3") }
    #expect(error == .unknown(name: "avx3"))
    #expect(error?.description.contains("'avx3'") == true)
    #expect(error?.description.contains("expected one of scalar") == true)
    #expect(throws: TierError.unknown(name: "AVX2")) { try KernelSet.select(override: "AVX2") }
  }

  @Test("a tier that this machine cannot run is refused")
  func unusable() {
    let missing = Tier.allCases.filter { !$0.isUsable }
    #expect(!missing.isEmpty)
    for tier in missing {
      #expect(throws: TierError.unusable(tier)) { try KernelSet.select(override: tier.rawValue) }
      #expect(TierError.unusable(tier).description.contains("cannot run on this machine"))
    }
  }

  @Test("the environment variable is honored, and empty means unset")
  func environment() throws {
    let before = KernelSet.environmentOverride
    defer {
      if let before { setenv(KernelSet.overrideVariable, before, 1) } else { unsetenv(KernelSet.overrideVariable) }
    }
    setenv("EDGEWISE_TIER", "scalar", 1)
    #expect(try KernelSet.select().tier == .scalar)
    setenv("EDGEWISE_TIER", "nonsense", 1)
    #expect(throws: TierError.unknown(name: "nonsense")) { try KernelSet.select() }
    setenv("EDGEWISE_TIER", "", 1)
    #expect(try KernelSet.select().tier == .best)
  }

  @Test("a tier is usable only with all of its instruction sets")
  func instructions() {
    let sets = InstructionSets.current
    #expect(Tier.avx2.isUsable == ["avx2", "fma", "f16c"].allSatisfy(sets.contains))
    #expect(
      Tier.avx512vnni.isUsable
        == ["avx2", "fma", "f16c", "avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512vnni"].allSatisfy(
          sets.contains))
    #expect(Tier.avxvnni.isUsable == ["avx2", "fma", "f16c", "avxvnni"].allSatisfy(sets.contains))
    #expect(Tier.neondotprod.isUsable == ["neon", "dotprod"].allSatisfy(sets.contains))
    #expect(Tier.neoni8mm.isUsable == ["neon", "dotprod", "i8mm"].allSatisfy(sets.contains))
  }

  @Test("instruction sets are named once, and each name answers for itself")
  func names() {
    #expect(Set(InstructionSets.knownNames).count == InstructionSets.knownNames.count)
    #expect(InstructionSets(bits: 0).names.isEmpty)
    #expect(InstructionSets(bits: .max).names == InstructionSets.knownNames)
    #expect(!InstructionSets(bits: .max).contains("mmx9"))
    let current = InstructionSets.current
    #expect(current.names.allSatisfy(current.contains))
    #if arch(x86_64)
      #expect(current.contains("sse2"))
      #expect(Processor.vendor?.isEmpty == false)
    #elseif arch(arm64)
      #expect(current.contains("neon"))
    #endif
  }
}
