import Advisor
import Evidence
import Knowledge
import Testing

@Suite struct ExplainTests {
  static let messages = Symptom.catalogue.records.filter { $0.match == "substring" }
  static let log = """
    main: build = 11059 (b5e1c9d) with cc for x86_64-linux-gnu
    llama_model_loader: loaded meta data with 30 key-value pairs and 147 tensors from m.gguf (version GGUF V3 (latest))
    print_info: n_ctx_train      = 131072
    print_info: file size   = 4.58 GiB (4.89 BPW)
    load_tensors: offloaded 33/33 layers to GPU
    llama_context: n_ctx         = 131072
    ggml_backend_cuda_buffer_type_alloc_buffer: allocating 16384.00 MiB on device 0: cudaMalloc failed: out of memory
    llama_kv_cache: failed to allocate buffer for kv cache
    llama_init_from_model: failed to initialize the context: failed to allocate buffer for kv cache
    common_init_from_params: error: failed to create context with model 'm.gguf'
    """

  func explain(_ fill: (inout DiagnosisRequest) -> Void) throws -> Diagnosis {
    var request = DiagnosisRequest()
    fill(&request)
    return try Advisor().explain(request)
  }

  @Test("a message of a named framework comes first for its own text", arguments: messages)
  func first(_ symptom: Symptom) throws {
    let diagnosis = try explain {
      $0.logText = "starting\n\(symptom.pattern)\n"
      $0.framework = symptom.framework == "any" ? nil : symptom.framework
    }
    let best = try #require(diagnosis.causes.first)
    let own = try #require(diagnosis.causes.first { $0.code == symptom.id })
    #expect(own.standing == .found)
    #expect(best.code == symptom.id || best.confidenceFraction == own.confidenceFraction)
    #expect(own.evidence.first?.line == 2)
    #expect(!own.remedies.isEmpty && !diagnosis.plan.isEmpty)
  }

  @Test("a failed llama.cpp start is explained from its log")
  func failedStart() throws {
    let diagnosis = try explain { $0.logText = Self.log }
    let codes = diagnosis.causes.map(\.code)
    #expect(["lcp-cuda-oom", "lcp-kv-alloc"].contains(codes.first))
    #expect(diagnosis.framework?.name == "llama.cpp")
    #expect(diagnosis.framework?.how.contains("from line 2 on") == true)
    #expect(diagnosis.unexplained.isEmpty)
    let cache = try #require(diagnosis.causes.first { $0.code == "lcp-kv-alloc" })
    #expect(cache.evidence.contains { $0.what.contains("The key-value cache takes 17.2 GB beside 4.92 GB of weights") })
    #expect(diagnosis.plan.allSatisfy { !$0.action.hasPrefix("Match the text") })
    #expect(diagnosis.readings.contains { $0.field == .failedAllocationBytes && $0.value == 16384.0 * 1_048_576 })
    let followOn = try #require(diagnosis.causes.first { $0.code == "lcp-ctx-create" })
    #expect(followOn.confidenceFraction < diagnosis.causes[0].confidenceFraction)
    #expect(followOn.confidenceBasis.contains("follows from another"))
  }

  @Test("the rule behind a message is part of its cause, not a second one")
  func merged() throws {
    let diagnosis = try explain {
      $0.logText = "CUDA0: cudaMalloc failed: out of memory"
      $0.framework = "llama.cpp"
    }
    let cause = try #require(diagnosis.causes.first)
    #expect(cause.code == "lcp-cuda-oom")
    #expect(cause.related == ["EW157"])
    #expect(!diagnosis.causes.contains { $0.code == "EW157" })
    #expect(cause.remedies.count > 1)
    #expect(cause.remedies.contains { $0.framework == "llama.cpp" && $0.commands.contains { $0.contains("--fit on") } })
  }

  @Test("lone \"Killed\" is not blamed on a framework that nothing points at")
  func killed() throws {
    let alone = try explain { $0.logText = "Killed\n" }
    #expect(alone.causes.first?.code == "any-killed")
    let named = try explain {
      $0.logText = "Killed\n"
      $0.framework = "openvino"
    }
    #expect(named.causes.first?.code == "ov-export-killed")
    let other = try #require(alone.causes.first { $0.code == "jetson-killed" })
    #expect(other.missing.contains { $0.how.contains("framework") })
  }

  @Test("Ollama's log is told from that of the llama.cpp inside it")
  func ollama() throws {
    let diagnosis = try explain {
      $0.logText =
        "llama_model_load: x\nggml_cuda_init: y\nload_tensors: z\n[GIN] 200\nError: unknown model architecture: 'new'"
    }
    #expect(diagnosis.framework?.name == "Ollama")
    #expect(diagnosis.causes.first?.code == "lcp-arch-unknown")
    #expect(diagnosis.causes.first?.remedies.contains { $0.framework == "ollama" } == true)
    #expect(diagnosis.assumptions.contains { $0.what.contains("Ollama") })
  }

  @Test("plain words give usual causes with what is missing to be sure")
  func words() throws {
    let diagnosis = try explain { $0.symptom = "the first token is slow" }
    #expect(diagnosis.causes.contains { $0.code == "EW353" && $0.standing == .possible })
    for cause in diagnosis.causes where cause.standing == .possible {
      #expect(!cause.missing.isEmpty && cause.confidenceFraction <= 0.3)
    }
    #expect(diagnosis.plan.first?.action.hasPrefix("Find out") == true)
    #expect(diagnosis.summary.contains("missing"))
  }

  @Test("facts turn a suspicion into a finding, or rule it out")
  func facts() throws {
    let diagnosis = try explain {
      $0.symptom = "generation is slow"
      var machine = Situation.Machine()
      machine.physicalCores = 4
      machine.accelerators = []
      machine.powerSource = .battery
      $0.machine = machine
      $0.metrics = DiagnosisMetrics()
      $0.metrics?.threads = 16
    }
    #expect(diagnosis.causes.first?.code == "EW354")
    #expect(diagnosis.causes.contains { $0.code == "EW651" && $0.standing == .found })
    #expect(diagnosis.ruledOut.contains { $0.code == "EW356" })
    #expect(diagnosis.causes[0].remedies.joined.contains("-t 4"))
  }

  @Test("a machine's setting alone is no finding when nobody complained of speed")
  func unasked() throws {
    let diagnosis = try explain {
      var machine = Situation.Machine()
      machine.powerSource = .battery
      machine.numaNodeCount = 2
      $0.machine = machine
      $0.logText = "error: unknown model architecture: 'x'"
    }
    #expect(!diagnosis.causes.contains { $0.code == "EW651" || $0.code == "EW653" })
  }

  @Test("a described symptom of the records is recognized")
  func described() throws {
    let diagnosis = try explain { $0.symptom = "Vulkan is slower than the CPU on my Raspberry Pi" }
    #expect(
      diagnosis.causes.contains { $0.code == "lcp-vk-slow-arm" && $0.evidence.contains { $0.kind == .description } })
  }

  @Test("a message quoted in the description is recognized")
  func quoted() throws {
    let diagnosis = try explain { $0.symptom = "I get \"cudaMalloc failed: out of memory\" since today" }
    #expect(diagnosis.causes.first?.code == "lcp-cuda-oom")
    #expect(diagnosis.causes.first?.confidenceBasis.contains("your words") == true)
  }

  @Test("nothing given is answered with what to give")
  func nothing() throws {
    for diagnosis in try [explain { _ in }, explain { $0.logText = "" }, explain { $0.metrics = DiagnosisMetrics() }] {
      #expect(diagnosis.causes.isEmpty && diagnosis.plan.isEmpty)
      #expect(
        diagnosis.summary.contains("metrics") && diagnosis.summary.contains("logText")
          && diagnosis.summary.contains("symptom"))
      #expect(diagnosis.next.count == 3)
    }
  }

  @Test("a log with unknown trouble says so and shows its lines")
  func unknownTrouble() throws {
    let diagnosis = try explain { $0.logText = "ok\nERROR: the flux capacitor failed\nok" }
    #expect(diagnosis.causes.isEmpty)
    #expect(diagnosis.unexplained.map(\.line) == [2])
    #expect(diagnosis.summary.contains("unexplained"))
    #expect(!diagnosis.next.isEmpty)
  }

  @Test("words that nobody understands are given back")
  func unknownWords() throws {
    let diagnosis = try explain { $0.symptom = "purple monkey dishwasher" }
    #expect(diagnosis.causes.isEmpty)
    #expect(diagnosis.unexplained.first?.what.contains("purple") == true)
  }

  @Test("a clean log is not a finding")
  func clean() throws {
    let diagnosis = try explain { $0.logText = "all is well\n" }
    #expect(diagnosis.causes.isEmpty && diagnosis.unexplained.isEmpty)
    #expect(diagnosis.summary.contains("does not mean"))
  }

  @Test("an unknown framework is refused with the known ones", arguments: ["lama.cpp", "", "tensorflow"])
  func unknownFramework(_ name: String) {
    #expect(throws: Refusal.self) { try explain { $0.framework = name } }
  }

  @Test(
    "frameworks are understood in usual spellings",
    arguments: [
      "llama.cpp", "LlamaCpp", "llama-cpp", "MLX", "mlx-lm", "onnxruntime", "Olive", "OpenVINO", "vLLM", "TensorRT-LLM",
    ])
  func spellings(_ name: String) throws {
    #expect(
      try explain {
        $0.framework = name; $0.symptom = "slow"
      }.framework?.how == "named in the request")
  }

  @Test("the plan names each step once, in order, each with a way to verify it, and ends with a person")
  func plan() throws {
    let plan = try explain { $0.logText = Self.log }.plan
    #expect(plan.map(\.order) == Array(1...plan.count))
    #expect(Set(plan.map(\.action)).count == plan.count)
    #expect(plan.allSatisfy { !$0.verify.purpose.isEmpty && !$0.causes.isEmpty })
    #expect(plan.last?.action.contains("person") == true)
  }

  @Test("confidence is the product that its basis names")
  func confidence() throws {
    let causes = try explain { $0.logText = Self.log }.causes
    #expect(causes.count >= 4)
    for cause in causes {
      #expect((0...1).contains(cause.confidenceFraction))
      #expect(cause.confidenceBasis.contains(" = "))
    }
  }

  @Test("the numbers of a log reach the rules")
  func numbers() throws {
    let diagnosis = try explain {
      $0.logText =
        "system_info: n_threads = 16 (n_threads_batch = 16) / 16\nload_tensors: offloaded 10/33 layers to GPU\n"
      var machine = Situation.Machine()
      machine.physicalCores = 8
      $0.machine = machine
    }
    #expect(diagnosis.causes.contains { $0.code == "EW354" && $0.standing == .found })
    #expect(diagnosis.causes.contains { $0.code == "EW357" && $0.standing == .found })
  }

  @Test("a value that goes into a command is quoted for the shell")
  func quoting() throws {
    let diagnosis = try explain {
      var model = Situation.Model()
      model.path = "/tmp/my model's; rm -rf.gguf"
      $0.model = model
      $0.metrics = DiagnosisMetrics()
      $0.metrics?.bandwidthUtilizationFraction = 0.99
    }
    let commands = diagnosis.causes.flatMap(\.remedies).flatMap(\.commands)
    #expect(commands.contains { $0.contains(#"'/tmp/my model'\''s; rm -rf.gguf'"#) })
    #expect(!commands.contains { $0.contains(" /tmp/my model") })
  }

  @Test("what a rule can miss has a way to get it")
  func guide() {
    for rule in RuleBook.troubleshooting {
      for example in rule.examples {
        if case .unknown(let missing) = rule.check(example.situation) {
          for path in missing {
            #expect(FactGuide.fact(path).how != "Give it in the request.", "\(rule.code): \(path)")
          }
        }
      }
    }
  }
}

extension [DiagnosisRemedy] {
  var joined: String { flatMap(\.commands).joined(separator: "\n") }
}
