import Advisor
import Evidence
import Knowledge
import Testing

@Suite struct FrameworkSelectionTests {
  static let text: Situation.ModelKind = .denseLanguageModel

  private func select(_ machine: Situation.Machine, _ fill: (inout FrameworkQuestion) -> Void = { _ in })
    -> FrameworkAnswer
  {
    var question = FrameworkQuestion(limit: 11)
    question.situation.machine = machine
    question.situation.model.kind = Self.text
    question.situation.model.modalities = [.text]
    fill(&question)
    return Advisor().selectFramework(question)
  }

  @Test(
    "each kind of hardware falls under its row, and the row's first choice comes first",
    arguments: [
      ("apple-mac", Machines.mac, Framework.mlx), ("apple-mobile", Machines.iPhone, .mlx),
      ("intel-cpu", Machines.intelCPU, .openvino), ("intel-gpu", Machines.intelGPU, .openvino),
      ("intel-npu", Machines.intelNPU, .openvino), ("nvidia-gpu", Machines.nvidia, .llamaCpp),
      ("jetson", Machines.jetson, .llamaCpp), ("android-snapdragon", Machines.snapdragonPhone, .litertLM),
      ("android-other", Machines.otherPhone, .llamaCpp), ("windows-arm", Machines.windowsArm, .olive),
      ("amd-apu", Machines.amdAPU, .llamaCpp), ("amd-gpu", Machines.amdGPU, .llamaCpp),
      ("amd-cpu", Machines.amdCPU, .llamaCpp), ("arm-board", Machines.raspberryPi, .llamaCpp),
      ("arm-server", Machines.armServer, .llamaCpp), ("generic-cpu", Machines.riscv, .llamaCpp),
    ])
  func rows(_ row: String, _ machine: Situation.Machine, _ first: Framework) {
    let answer = select(machine)
    #expect(answer.platform?.row == row)
    #expect(answer.candidates.first?.framework == first)
  }

  @Test("every row of the platform matrix is reached by some machine")
  func everyRow() {
    let machines = [
      Machines.mac, Machines.iPhone, Machines.intelCPU, Machines.intelGPU, Machines.intelNPU, Machines.nvidia,
      Machines.jetson, Machines.snapdragonPhone, Machines.otherPhone, Machines.windowsArm, Machines.amdAPU,
      Machines.amdGPU, Machines.amdCPU, Machines.raspberryPi, Machines.armServer, Machines.coral, Machines.hailo,
      Machines.riscv,
    ]
    let reached = Set(
      machines.flatMap { machine in
        PlatformRow.rows(
          for: Situation {
            $0.machine = machine; $0.model.kind = .visionNetwork
          }
        ).map(\.id)
      })
    #expect(reached == Set(PlatformRow.catalogue.records.map(\.id)))
  }

  @Test(
    "each branch of the tree ends where it should",
    arguments: [
      (Machines.mac, Situation.Workflow.prototyping, [Situation.Modality.text], 1, ["npu-first", "apple"]),
      (Machines.intelCPU, .enterprise, [.text], 1, ["npu-first", "apple", "intel"]),
      (Machines.nvidia, .prototyping, [.text], 1, ["npu-first", "apple", "intel", "nvidia", "many-users"]),
      (
        Machines.amdCPU, .production, [.text], 1,
        ["npu-first", "apple", "intel", "nvidia", "vision-accelerator", "cross-platform", "text-only"]
      ),
      (
        Machines.amdCPU, .enterprise, [.text], 1,
        ["npu-first", "apple", "intel", "nvidia", "vision-accelerator", "cross-platform", "enterprise"]
      ),
    ])
  func path(
    _ machine: Situation.Machine, _ workflow: Situation.Workflow, _ modalities: [Situation.Modality], _ users: Int,
    _ nodes: [String]
  ) {
    let answer = select(machine) {
      $0.situation.goals.workflow = workflow
      $0.situation.model.modalities = modalities
      $0.situation.goals.concurrentRequests = users
    }
    #expect(answer.path.map(\.node) == nodes)
  }

  @Test("an enterprise pipeline on an AMD CPU ends in Olive")
  func enterprise() {
    let answer = select(Machines.amdCPU) { $0.situation.goals.workflow = .enterprise }
    #expect(answer.candidates.first?.framework == .olive)
    #expect(answer.path.last?.answer == "yes")
  }

  @Test("a multimodal model for many platforms compares OpenVINO and Olive, and says that llama.cpp takes images now")
  func multimodal() {
    let answer = select(Machines.amdCPU) {
      $0.situation.model.modalities = [.text, .image]
      $0.requirements.crossPlatform = 1
    }
    let leaves = answer.candidates.filter { $0.reasons.contains { $0.code == "EW502" } }
    #expect(Set(leaves.map(\.framework)) == [.openvino, .olive])
    #expect(answer.corrections.map(\.id).contains("llama-multimodal"))
  }

  @Test("many users on an NVIDIA GPU: vLLM and TensorRT-LLM before llama.cpp, and a serve command")
  func manyUsers() throws {
    let answer = select(Machines.nvidia) { $0.situation.goals.concurrentRequests = 32 }
    #expect(Set(answer.candidates.prefix(2).map(\.framework)) == [.vllm, .tensorrtLLM])
    let first = try #require(answer.candidates.first)
    #expect(first.commands.contains { $0.purpose == .serve })
    #expect(first.commands.allSatisfy { $0.purpose != .run })
  }

  @Test(
    "OpenVINO on NVIDIA and on an Edge TPU is corrected, not repeated",
    arguments: [
      (Machines.nvidia, "nvidia-openvino"), (Machines.jetson, "nvidia-openvino"),
      (Machines.intelCPU, "intel-second"), (Machines.snapdragonPhone, "arm-mobile-openvino"),
    ])
  func corrections(_ machine: Situation.Machine, _ id: String) throws {
    let note = try #require(select(machine).corrections.first { $0.id == id })
    #expect(note.note.hasPrefix("Commonly advised: "))
    #expect(note.note.contains("As of ") || note.note.contains("In fact"))
  }

  @Test("a vision network on an Edge TPU goes to LiteRT, with the correction")
  func edgeTPU() {
    let answer = select(Machines.coral) {
      $0.situation.model.kind = .visionNetwork
      $0.situation.model.modalities = [.image]
    }
    #expect(answer.platform?.row == "edge-tpu")
    #expect(answer.candidates.first?.framework == .litertLM)
    #expect(answer.corrections.map(\.id).contains("edge-tpu-openvino"))
  }

  @Test("a language model on a board with an Edge TPU stays on the CPU")
  func edgeTPULanguageModel() {
    let answer = select(Machines.coral)
    #expect(answer.platform?.row == "arm-board")
    #expect(answer.candidates.first?.runsOn == "CPU")
  }

  @Test("an unknown accelerator is reported and left aside")
  func unknownAccelerator() {
    let answer = select(Machines.exotic)
    #expect(answer.path.first?.node == "unknown-accelerator")
    #expect(answer.path.first?.answer.contains("Akida") == true)
    #expect(answer.corrections.map(\.id).contains("exotic-processors"))
    #expect(answer.candidates.first?.runsOn == "CPU")
  }

  @Test("a long context or several requests move the work from the NPU to the GPU")
  func longContext() {
    let short = select(Machines.intelNPU)
    let long = select(Machines.intelNPU) { $0.situation.goals.contextLength = 16384 }
    #expect(short.platform?.row == "intel-npu")
    #expect(long.platform?.row == "intel-gpu")
    #expect(short.candidates.first?.runsOn.contains("NPU") == true)
    #expect(long.candidates.first?.runsOn.contains("NPU") == false)
  }

  @Test(
    "frameworks are ruled out with the rule that says why",
    arguments: [
      (Machines.snapdragonPhone, Framework.vllm, "EW201"), (Machines.mac, .tensorrtLLM, "EW201"),
      (Machines.amdCPU, .mlcLLM, "EW202"), (Machines.amdCPU, .tensorrtLLM, "EW202"),
    ])
  func ruledOut(_ machine: Situation.Machine, _ framework: Framework, _ code: String) throws {
    let out = try #require(select(machine).ruledOut.first { $0.framework == framework })
    #expect(out.code == code)
    #expect(RuleBook.rule(code: code)?.card.name == out.rule)
  }

  @Test("audio input and vision networks rule frameworks out")
  func modalities() {
    let audio = select(Machines.intelCPU) { $0.situation.model.modalities = [.text, .audio] }
    #expect(audio.ruledOut.contains { $0.framework == .ollama && $0.code == "EW203" })
    let vision = select(Machines.intelCPU) { $0.situation.model.kind = .visionNetwork }
    #expect(vision.ruledOut.contains { $0.framework == .llamaCpp && $0.code == "EW204" })
    #expect(vision.candidates.first?.framework == .openvino)
  }

  @Test("every framework is either a candidate or ruled out")
  func complete() {
    for machine in [Machines.mac, Machines.nvidia, Machines.otherPhone, Machines.riscv] {
      let answer = select(machine)
      let all = answer.candidates.map(\.framework) + answer.ruledOut.map(\.framework)
      #expect(Set(all) == Set(Framework.allCases))
      #expect(all.count == Framework.allCases.count)
    }
  }

  @Test("scores are the sum of the reasons, sorted, and each reason's code can be looked up")
  func scores() {
    let answer = select(Machines.nvidia) {
      $0.situation.goals.workflow = .production
      $0.situation.goals.useCase = .chat
      $0.requirements.easeOfUse = 2
      $0.requirements.offline = 1
    }
    #expect(answer.candidates.map(\.score) == answer.candidates.map(\.score).sorted(by: >))
    for candidate in answer.candidates {
      let sum = candidate.reasons.reduce(0) { $0 + $1.weight }
      #expect(abs(sum - candidate.score) < 0.2)
      #expect(!candidate.reasons.isEmpty)
      for reason in candidate.reasons { #expect(RuleBook.rule(code: reason.code)?.card.name == reason.rule) }
    }
  }

  @Test("weights of requirements change the order")
  func requirements() {
    let plain = select(Machines.snapdragonPhone)
    let cross = select(Machines.snapdragonPhone) { $0.requirements.crossPlatform = 1 }
    let place = { (answer: FrameworkAnswer) in answer.candidates.firstIndex { $0.framework == .llamaCpp } ?? 99 }
    #expect(place(cross) < place(plain))
    #expect(cross.candidates.first?.framework == .llamaCpp)
  }

  @Test("workflow orders decide between equals")
  func workflows() {
    func weight(_ workflow: Situation.Workflow, _ framework: Framework) -> Double? {
      select(Machines.amdCPU) { $0.situation.goals.workflow = workflow }.candidates
        .first { $0.framework == framework }?.reasons.first { $0.code == "EW503" }?.weight
    }
    #expect(weight(.prototyping, .llamaCpp) == 12)
    #expect(weight(.prototyping, .openvino) == 0)
    #expect(weight(.enterprise, .olive) == 12)
    #expect(weight(.enterprise, .llamaCpp) == 0)
  }

  @Test("nothing known still gets an answer that says what to do")
  func nothing() {
    let answer = Advisor().selectFramework(FrameworkQuestion())
    #expect(answer.platform == nil)
    #expect(answer.candidates.first?.framework == .llamaCpp)
    #expect(answer.assumptions.contains { $0.what.contains("Nothing is known") })
  }

  @Test("the flags of every command that is returned were checked, and the model's name is filled in")
  func commands() throws {
    for machine in [Machines.mac, Machines.intelNPU, Machines.nvidia, Machines.snapdragonPhone, Machines.amdAPU] {
      let answer = select(machine) { $0.situation.model.repository = "Qwen/Qwen3-4B" }
      for candidate in answer.candidates {
        let record = try #require(FrameworkRecord.of(candidate.framework))
        #expect(!candidate.commands.isEmpty)
        for command in candidate.commands {
          #expect(record.unknownFlags(in: command.line).isEmpty, "\(command.line)")
          #expect(!command.line.contains("{"), "\(command.line)")
          #expect(!command.line.contains("OWNER/MODEL"))
        }
      }
    }
  }

  @Test("an installed framework needs no install command, a GGUF file no conversion")
  func readyToRun() throws {
    let answer = select(Machines.amdCPU) {
      $0.situation.software.toolchains = [.init(name: "llama.cpp")]
      $0.situation.model.fileFormat = "gguf"
      $0.situation.model.path = "/models/my model.gguf"
    }
    let first = try #require(answer.candidates.first)
    #expect(first.framework == .llamaCpp)
    #expect(first.commands.map(\.purpose) == [.run])
    #expect(first.commands.first?.line.contains("'/models/my model.gguf'") == true)
    #expect(first.reasons.contains { $0.code == "EW602" && $0.weight > 0 })
  }

  @Test("the same question has the same answer")
  func deterministic() {
    #expect(select(Machines.amdAPU) == select(Machines.amdAPU))
  }
}
