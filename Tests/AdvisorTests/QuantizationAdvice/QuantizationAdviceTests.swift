import Advisor
import Evidence
import Hardware
import Knowledge
import ModelFiles
import Testing

@Suite struct QuantizationAdviceTests {
  private func advise(
    _ model: String, _ machine: Situation.Machine, _ fill: (inout QuantizationQuestion) -> Void = { _ in }
  ) throws -> QuantizationAnswer {
    let description = try Advisor().describe(model: model)
    var question = QuantizationQuestion(
      model: description, memory: try Advisor().memoryModel(model), reference: model,
      situation: Situation { $0.machine = machine },
      limit: 100)
    question.repository = CatalogueModel.catalogue.record(model)?.repository
    fill(&question)
    return Advisor().adviseQuantization(question)
  }

  private func memory(_ machine: Situation.Machine, _ bytes: Int) -> Situation.Machine {
    var machine = machine
    machine.memoryBytes = bytes
    machine.usableMemoryBytes = bytes
    return machine
  }

  @Test(
    "the unified strategy's default comes first where memory is plenty",
    arguments: [
      ("llama-3.1-8b", Machines.amdCPU, Framework.llamaCpp, "Q4_K_M"),
      ("llama-3.1-8b", Machines.mac, .mlx, "4bit-g64"),
      ("llama-3.1-8b", Machines.intelCPU, .openvino, "int4_asym-g128"),
      ("llama-3.1-8b", Machines.windowsArm, .olive, "int4-b32"),
      ("llama-3.2-3b", Machines.raspberryPi, .llamaCpp, "Q4_K_M"),
      ("llama-3.1-8b", Machines.nvidia, .llamaCpp, "Q4_K_M"),
    ])
  func strategy(_ model: String, _ machine: Situation.Machine, _ framework: Framework, _ format: String) throws {
    let answer = try advise(model, memory(machine, 64 << 30))
    #expect(answer.framework == framework)
    #expect(answer.formats.first?.format == format)
    #expect(answer.formats.first?.reasons.contains { $0.code == "EW507" } == true)
  }

  @Test(
    "on Intel's NPU weights are symmetric: channel-wise from a billion parameters, groups of 128 below",
    arguments: [
      ("llama-3.2-3b", "int4_sym-cw"), ("qwen3-0.6b", "int4_sym-g128"),
    ])
  func neuralProcessor(_ model: String, _ format: String) throws {
    let answer = try advise(model, Machines.intelNPU) { $0.contextTokens = 1024 }
    #expect(answer.device == .npu)
    #expect(answer.formats.first?.format == format)
    #expect(answer.formats.first?.commands.first?.contains("--sym") == true)
    #expect(answer.formats.allSatisfy { !$0.format.contains("int4_asym") })
  }

  @Test(
    "accuracy moves the choice",
    arguments: [
      (Situation.AccuracyGoal.highest, "Q6_K"), (.balanced, "Q4_K_M"), (.smallest, "Q3_K_M"),
    ])
  func accuracy(_ goal: Situation.AccuracyGoal, _ format: String) throws {
    let answer = try advise("llama-3.1-8b", memory(Machines.amdCPU, 64 << 30)) {
      $0.situation.goals.accuracy = goal
    }
    #expect(answer.formats.first?.format == format)
  }

  @Test("95 percent of a score kept rules plain 4 bits out on MLX")
  func accuracyGate() throws {
    let answer = try advise("qwen3-4b", memory(Machines.mac, 64 << 30)) {
      $0.situation.goals.accuracyKeptFraction = 0.95
    }
    let fourBits = try #require(answer.formats.first { $0.format == "4bit-g64" })
    #expect(fourBits.reasons.contains { $0.code == "EW454" && $0.weight < 0 })
    #expect(answer.formats.first?.format != "4bit-g64")
  }

  @Test("a format that does not fit comes after those that do, with the reason")
  func fit() throws {
    let answer = try advise("llama-3.1-8b", memory(Machines.amdCPU, 6_500_000_000))
    let best = try #require(answer.formats.first)
    #expect(best.fits == true)
    #expect(best.longestContextTokens.map { $0 >= 4096 } == true)
    let eight = try #require(answer.formats.first { $0.format == "Q8_0" })
    #expect(eight.fits == false)
    #expect(eight.reasons.contains { ["EW101", "EW102"].contains($0.code) })
    #expect(answer.wouldFit == nil)
    let firstUnfit = try #require(answer.formats.firstIndex { $0.fits == false })
    #expect(answer.formats[firstUnfit...].allSatisfy { $0.fits == false })
  }

  @Test("a model that fits in no format is an answer: what is missing and what would fit")
  func nothingFits() throws {
    let answer = try advise("granite-4.0-h-small", memory(Machines.raspberryPi, 4_000_000_000))
    let would = try #require(answer.wouldFit)
    #expect(would.missingBytes > 0)
    #expect(!would.models.isEmpty)
    #expect(answer.formats.allSatisfy { $0.fits == false })
    for name in would.models {
      let other = try advise(name, memory(Machines.raspberryPi, 4_000_000_000))
      #expect(other.formats.first?.fits == true, "\(name)")
    }
  }

  @Test("unknown memory is not called a fit")
  func unknownMemory() throws {
    var machine = Machines.amdCPU
    machine.memoryBytes = nil
    machine.usableMemoryBytes = nil
    let answer = try advise("llama-3.2-1b", machine)
    #expect(answer.formats.allSatisfy { $0.fits == nil })
    #expect(answer.assumptions.contains { $0.what.contains("memory of the machine is not known") })
  }

  @Test("rows that do not divide by 256 are held against K formats, and Q4_0-class formats pass them")
  func rows() throws {
    let answer = try advise("smollm2-360m", memory(Machines.amdCPU, 8 << 30))
    let kQuant = try #require(answer.formats.first { $0.format == "Q4_K_M" })
    #expect(kQuant.reasons.contains { $0.code == "EW252" })
    #expect(answer.formats.first?.reasons.contains { $0.code == "EW252" } == false)
  }

  @Test("Adreno prefers Q4_0, and says so of the others")
  func preferred() throws {
    let answer = try advise("llama-3.2-3b", memory(Machines.snapdragonPhone, 12 << 30)) { $0.framework = .llamaCpp }
    let kQuant = try #require(answer.formats.first { $0.format == "Q4_K_M" })
    #expect(answer.device == .gpu)
    #expect(kQuant.reasons.contains { $0.code == "EW303" })
  }

  /// A machine with eight cores of which only the bandwidth is known.
  private func speed(_ bandwidth: Quantity?, _ accelerators: [AcceleratorDescription] = []) -> MachineSpeed {
    var machine = MachineDescription(
      name: "described", origin: .profile,
      cpu: ProcessorDescription(
        architecture: "x86_64", instructionSets: [InstructionSet.avx2.rawValue], instructionSetsSource: "test",
        physicalCores: 8),
      memory: MemoryDescription(totalBytes: 64 << 30, availableBytes: 64 << 30))
    machine.memoryBandwidthBytesPerSecond = bandwidth
    machine.accelerators = accelerators
    return MachineSpeed(KnownMachine(machine: machine))
  }

  @Test("speed from a stated bandwidth is published with a wide interval, from a measured one calibrated and narrower")
  func bandwidth() throws {
    func rate(_ evidence: Evidence) throws -> Quantity {
      let answer = try advise("llama-3.1-8b", memory(Machines.amdCPU, 64 << 30)) {
        $0.speed = speed(Quantity(50e9, evidence: evidence, source: "test"))
      }
      return try #require(answer.formats.first { $0.format == "Q4_K_M" }?.decodeTokensPerSecond)
    }
    let stated = try rate(.published)
    let measured = try rate(.measured)
    #expect(stated.evidence == .published && measured.evidence == .calibrated)
    #expect(stated.value > 3 && stated.value < measured.value && measured.value < 10.9)
    let width = { (q: Quantity) in (q.high ?? 0) / (q.low ?? 1) }
    #expect(width(measured) < width(stated))
    #expect((stated.low ?? .infinity) < stated.value && stated.value < (stated.high ?? 0))
  }

  @Test("a machine of which nothing tells the speed gets none, and is told how to get one")
  func unknownSpeed() throws {
    let answer = try advise("llama-3.1-8b", memory(Machines.amdCPU, 64 << 30)) { $0.speed = speed(nil) }
    #expect(answer.formats.allSatisfy { $0.decodeTokensPerSecond == nil })
    #expect(answer.assumptions.contains { $0.what.contains("how fast the CPU reads memory") })
    #expect(answer.next.contains { $0.method == "hardware/assess" })
  }

  @Test("a measured rate is taken as it is, and calibrates the other formats")
  func measuredRates() throws {
    let answer = try advise("llama-3.1-8b", memory(Machines.amdCPU, 64 << 30)) {
      $0.measuredDecodeTokensPerSecond = ["Q8_0": 5]
    }
    let eight = try #require(answer.formats.first { $0.format == "Q8_0" }?.decodeTokensPerSecond)
    #expect(eight.value == 5 && eight.evidence == .measured)
    let four = try #require(answer.formats.first { $0.format == "Q4_K_M" }?.decodeTokensPerSecond)
    #expect(four.evidence == .calibrated && four.value > 6 && four.value < 9)
  }

  @Test("a measured rate corrects predictions in proportion")
  func correctedRates() throws {
    let known = speed(Quantity(50e9, evidence: .published, source: "test"))
    func rate(_ format: String, _ measured: [String: Double]) throws -> Double {
      let answer = try advise("llama-3.1-8b", memory(Machines.amdCPU, 64 << 30)) {
        $0.speed = known
        $0.measuredDecodeTokensPerSecond = measured
      }
      return try #require(answer.formats.first { $0.format == format }?.decodeTokensPerSecond?.value)
    }
    let predicted = try rate("Q8_0", [:])
    let corrected = try rate("Q4_K_M", ["Q8_0": 2 * predicted])
    #expect(abs(corrected / (2 * (try rate("Q4_K_M", [:]))) - 1) < 1e-9)
  }

  @Test("a discrete GPU's memory is the budget, and the CPU's bandwidth says nothing of its speed")
  func discreteGPU() throws {
    var machine = memory(Machines.nvidia, 64 << 30)
    machine.accelerators = [.init(.gpu, vendor: "nvidia", name: "RTX 4060", memoryBytes: 8 << 30)]
    let answer = try advise("llama-3.1-8b", machine) {
      $0.speed = speed(
        Quantity(50e9, evidence: .published, source: "test"),
        [AcceleratorDescription(kind: .gpu, name: "RTX 4060", unifiedMemory: false, source: "test")])
    }
    #expect(answer.memory.availableBytes == 8 << 30)
    #expect(answer.formats.first?.decodeTokensPerSecond == nil)
    #expect(answer.formats.first { $0.format == "Q8_0" }?.fits == false)
  }

  @Test("tight memory recommends the 8-bit cache, plenty the 16-bit one")
  func cache() throws {
    let plenty = try advise("llama-3.2-3b", memory(Machines.amdCPU, 32 << 30))
    #expect(plenty.cacheFormats.first { $0.recommended }?.format == "f16")
    let tight = try advise("llama-3.2-3b", memory(Machines.amdCPU, 3_000_000_000)) { $0.contextTokens = 131_072 }
    #expect(tight.cacheFormats.first { $0.recommended }?.format == "q8_0")
    #expect(tight.cacheFormats.first { $0.recommended }?.options == "-fa on -ctk q8_0 -ctv q8_0")
  }

  @Test("at four bits an importance matrix is recommended, with its commands")
  func importanceMatrix() throws {
    let answer = try advise("llama-3.1-8b", memory(Machines.amdCPU, 64 << 30))
    #expect(answer.importanceMatrix.need == "recommended")
    #expect(answer.importanceMatrix.commands.count == 2)
  }

  @Test(
    "corrections come with the framework",
    arguments: [
      (Framework.openvino, "openvino-int8"), (.mlx, "mlx-apple-only"), (.olive, "olive-qat"),
      (.llamaCpp, "increase-quantization"),
    ])
  func corrections(_ framework: Framework, _ id: String) throws {
    let answer = try advise("llama-3.2-1b", Machines.armServer) { $0.framework = framework }
    #expect(answer.corrections.contains { $0.id == id })
  }

  @Test("every framework has an answer whose flags were checked", arguments: Framework.allCases)
  func flags(_ framework: Framework) throws {
    let record = try #require(FrameworkRecord.of(framework))
    for machine in [Machines.intelCPU, Machines.nvidia, Machines.windowsArm, Machines.intelNPU] {
      let answer = try advise("qwen3-4b", machine) { $0.framework = framework }
      #expect(!answer.formats.isEmpty)
      for format in answer.formats {
        for command in format.commands {
          #expect(record.unknownFlags(in: command).isEmpty, "\(command)")
          #expect(!command.contains("{"), "\(command)")
        }
        for reason in format.reasons { #expect(RuleBook.rule(code: reason.code)?.card.name == reason.rule) }
        #expect(abs(format.reasons.reduce(0) { $0 + $1.weight } - format.score) < 0.2)
      }
    }
  }

  @Test(
    "every model of the catalogue gets sizes that shrink with the bits", arguments: CatalogueModel.catalogue.records)
  func models(_ model: CatalogueModel) throws {
    let answer = try advise(model.id, memory(Machines.amdCPU, 1 << 40))
    let bytes = { (name: String) in answer.formats.first { $0.format == name }?.weightBytes.value ?? 0 }
    #expect(bytes("Q2_K") < bytes("Q4_K_M") && bytes("Q4_K_M") < bytes("Q8_0") && bytes("Q8_0") < bytes("F16"))
    #expect(answer.formats.allSatisfy { $0.fits == true })
  }

  @Test("a GGUF file that is here is quantized from its path, with a warning when it is quantized already")
  func file() throws {
    var description = try Advisor().describe(model: "llama-3.2-1b")
    description.origin = .file
    description.source = "/models/my model.gguf"
    description.fileType = "Q8_0"
    let question = QuantizationQuestion(
      model: description, memory: try Advisor().memoryModel("llama-3.2-1b"),
      situation: Situation { $0.machine = Machines.amdCPU }, framework: .llamaCpp, limit: 100)
    let answer = Advisor().adviseQuantization(question)
    let four = try #require(answer.formats.first { $0.format == "Q4_K_M" })
    #expect(
      four.commands.contains(
        "llama-quantize --imatrix imatrix.gguf --allow-requantize '/models/my model.gguf' model-Q4_K_M.gguf Q4_K_M"))
    #expect(answer.assumptions.contains { $0.what.contains("already in Q8_0") })
    #expect(answer.formats.first { $0.format == "Q8_0" }?.commands.count == 1)
  }

  @Test("an unknown parameter count is said, not guessed")
  func unknownSize() {
    let description = ModelDescription(
      name: "mystery", origin: .catalogue, source: "test", architecture: nil, parameterCount: nil,
      parameterSource: "not known", hyperparameters: Hyperparameters())
    let answer = Advisor().adviseQuantization(
      QuantizationQuestion(model: description, memory: MemoryModel(description: description, weights: nil)))
    #expect(answer.formats.isEmpty)
    #expect(answer.assumptions.contains { $0.what.contains("number of parameters is not known") })
  }
}
