import Evidence
import Hardware
import Knowledge
import Testing

@testable import Advisor

@Suite struct MachineFactsTests {
  @Test(
    "makers have one spelling",
    arguments: [
      ("GenuineIntel", nil, "intel"), ("AuthenticAMD", nil, "amd"), ("", "NVIDIA GeForce RTX 4090", "nvidia"),
      ("", "Adreno 750", "qualcomm"), ("ARM", "Snapdragon X Elite", "qualcomm"), ("ARM", "Cortex-A76", "arm"),
      ("", "Apple M4", "apple"), ("", "Edge TPU, 8 MB SRAM", "google"), ("", "Hailo-8", "hailo"),
      ("", "Radeon 890M", "amd"),
      ("Advanced Micro Devices", "Radeon", "amd"), ("", "", "unknown"), ("Zhaoxin", nil, "zhaoxin"),
    ] as [(String, String?, String)])
  func vendors(_ name: String, _ product: String?, _ vendor: String) {
    #expect(VendorName.normalized(name, product: product) == vendor)
  }

  @Test("a description becomes the facts that rules look at")
  func facts() {
    let machine = MachineDescription(
      name: "box", origin: .profile, deviceClass: "x86-laptop",
      operatingSystem: OperatingSystemDescription(family: "linux"),
      cpu: ProcessorDescription(
        vendor: "Intel", architecture: "x86_64", instructionSets: ["avx2"], instructionSetsSource: "test",
        physicalCores: 8, logicalCores: 16),
      memory: MemoryDescription(totalBytes: 16 << 30, availableBytes: 10 << 30),
      accelerators: [
        AcceleratorDescription(kind: .gpu, name: "NVIDIA RTX 4060", computeCapability: "8.9", source: "test")
      ],
      toolchains: [ToolchainDescription(name: "ollama", path: "/usr/bin/ollama", how: "test")],
      memoryBandwidthBytesPerSecond: Quantity(50e9, evidence: .measured, source: "test"))
    let facts = Situation.Machine(machine)
    #expect(facts.operatingSystem == .linux && facts.architecture == .x86_64 && facts.cpuVendor == "intel")
    #expect(facts.usableMemoryBytes == 10 << 30 && facts.physicalCores == 8 && facts.deviceClass == .laptop)
    #expect(facts.memoryBandwidthBytesPerSecond == 50e9 && facts.memoryBandwidthIsMeasured == true)
    #expect(
      facts.accelerators == [
        .init(.gpu, vendor: "nvidia", name: "NVIDIA RTX 4060", computeCapability: 8.9)
      ])
    #expect(Situation.Software(machine).toolchains?.map(\.name) == ["ollama"])
  }

  @Test(
    "a phone of the catalogue names its system",
    arguments: [
      ("Apple", "phone", Situation.OperatingSystem.ios), ("Qualcomm", "phone", .android),
      ("Apple", "apple-silicon", .macos),
    ])
  func phone(_ vendor: String, _ deviceClass: String, _ system: Situation.OperatingSystem) {
    let machine = MachineDescription(
      name: "phone", origin: .platformCatalogue, deviceClass: deviceClass,
      cpu: ProcessorDescription(vendor: vendor, architecture: "arm64", instructionSetsSource: "test"),
      memory: MemoryDescription())
    #expect(Situation.Machine(machine).operatingSystem == system)
  }

  @Test(
    "text is one word for the shell",
    arguments: [
      ("Qwen/Qwen3-4B", "Qwen/Qwen3-4B"), ("my model.gguf", "'my model.gguf'"), ("a'b; rm x", "'a'\\''b; rm x'"),
      ("", "''"),
    ])
  func shellWords(_ text: String, _ word: String) {
    #expect(ShellWord.quoted(text) == word)
  }
}
