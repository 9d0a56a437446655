package import Advisor
package import JSON
package import Kernels

/// `model/speed`: how fast a model would run.
package enum ModelSpeed: Method {
  package static let name = "model/speed"
  package static let summary = "Predicts decode rate and time to first token of a model, without running it."
  package static let discussion = """
    The prediction follows from the machine's profile: bytes of weights by format at that format's measured rate, KV cache \
    reads at the depth, operations of the prompt's batches at the rates measured for such batches, experts that a batch \
    uses, and what the engine's passes cost beside. Another engine than our own differs by factors, best found by \
    `calibrate/engine`. A machine that was not measured yet is measured first, for about ten seconds, unless `measure` is \
    false; a platform of the catalogue is predicted from what is published, with a wide interval.
    """
  package static let scheduling = Scheduling.exclusive
  package static let card = MethodCard(title: "Predict a Model's Speed", readOnly: true)

  package struct Params: Decodable, Sendable {
    package var model: String
    package var machine: MachineReference?
    package var format: String?
    package var engine: String?
    package var build: String?
    package var calibrated: Bool?
    package var threads: Int?
    package var promptTokens: Int?
    package var depthTokens: Int?
    package var batchTokens: Int?
    package var cacheFormat: CellFormat?
    package var measure: Bool?
  }

  package static let params = Schema.object(
    "The model, the machine, and what runs.",
    [
      Schema.model, Schema.machine,
      .optional(
        "format", .string(length: 1...40),
        "The file type, such as Q4_K_M; the file's own when absent, or Q4_K_M for a name of the catalogue."),
      .optional("engine", .cases(SpeedEngine.self), "The engine; edgewise when absent."),
      .optional("build", .string(length: 1...200), "Which calibrated build of the engine; the latest when absent."),
      .optional(
        "calibrated", .boolean,
        "Whether what calibrate/engine found is used, rather than what is usual for the engine; true when absent."),
      .optional("threads", .integer(1...1024), "The threads; those of the machine's profile when absent."),
      .optional("promptTokens", .integer(1...(1 << 24)), "The prompt's length; 512 when absent."),
      .optional("depthTokens", .integer(0...(1 << 24)), "Tokens in the KV cache before the prompt; 0 when absent."),
      .optional("batchTokens", .integer(1...(1 << 14)), "The most tokens at once; the engine's default when absent."),
      .optional("cacheFormat", .cases(CellFormat.self), "How the KV cache stores numbers; F16 when absent."),
      .optional(
        "measure", .boolean, "Whether this machine is measured first when it was not yet; true when absent."),
      Schema.progressToken,
    ])

  package static let reply = Schema.speedAnswer

  package static let examples = [
    Example(
      "A small model on a Raspberry Pi 5", ["model": "smollm2-135m", "machine": "rpi5", "format": "Q4_0"],
      shows: ["/decodeTokensPerSecond/evidence": "assumed", "/profile/state": "described", "/format": "Q4_0"],
      isReproducible: true),
    Example(
      "llama.cpp on an Apple M4 Pro at a depth of 8192",
      ["model": "qwen3-8b", "machine": "apple-m4-pro", "engine": "llama.cpp", "depthTokens": 8192],
      shows: ["/engine": "llama.cpp", "/depthTokens": 8192], isReproducible: true),
    Example(
      "A format that there is none of", ["model": "qwen3-8b", "machine": "rpi5", "format": "Q9_Z"],
      failure: .invalidParams),
    Example(
      "A machine whose memory's bandwidth nobody knows",
      ["model": "qwen3-8b", "machine": ["memoryBytes": 8_589_934_592]],
      failure: .invalidParams),
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> SpeedAnswer {
    var question = SpeedQuestion(model: params.model)
    question.machine = params.machine
    question.format = params.format
    question.engine = params.engine
    question.build = params.build
    question.isCalibrated = params.calibrated ?? true
    question.threads = params.threads
    question.promptTokens = params.promptTokens ?? SpeedQuestion.defaultPromptTokens
    question.depthTokens = params.depthTokens ?? 0
    question.batchTokens = params.batchTokens
    question.cacheFormat = params.cacheFormat ?? .f16
    let basis = try await call.speedBasis(params.machine, mayMeasure: params.measure ?? true)
    return try call.advisor.predictSpeed(question, basis: basis)
  }
}

extension Call {
  /// What predictions for a machine rest on; this machine is measured when it was not yet and may be.
  func speedBasis(_ machine: MachineReference?, mayMeasure: Bool) async throws -> SpeedBasis {
    let known = try advisor.speedBasis(machine)
    if let basis = known.basis { return basis }
    let advisor = advisor
    guard mayMeasure else { return try advisor.unmeasuredBasis(remarks: known.remarks) }
    let (profile, record) = try await measure { cancellation, progress in
      try advisor.profile(cancellation: cancellation, progress: progress)
    }
    return SpeedBasis(profile, record)
  }
}
