package import Advisor
package import JSON

/// `calibrate/engine`: runs an installed engine once, so that predictions are for that build.
package enum CalibrateEngine: Method {
  package static let name = "calibrate/engine"
  package static let summary = "Runs an installed engine on small made-up models, and keeps how it compares with ours."
  package static let discussion = """
    Writes a small model in each format to a temporary folder and runs the engine on it: llama.cpp by its own `llama-bench`; \
    ONNX Runtime GenAI, OpenVINO GenAI and MLX by a script for a Python that has them, with tokens rather than text. A factor \
    for the build, the format and the number of threads is kept in this machine's profile. It takes a minute or two, and about \
    ten seconds more when the machine was not measured yet. Programs run with argument lists, never through a shell, each with \
    a time limit; a cancel kills them. Later `model/speed` and `model/fit` use the factors.
    """
  package static let scheduling = Scheduling.exclusive
  package static let card = MethodCard(title: "Calibrate an Engine", readOnly: false)

  package struct Params: Decodable, Sendable {
    package var engine: SpeedEngine?
    package var program: String?
    package var machine: MachineReference?
    package var formats: [String]?
    package var threads: [Int]?
    package var timeLimitSeconds: Double?
  }

  package static let params = Schema.object(
    "The engine, and where its program is.",
    [
      .optional("engine", .cases(SpeedEngine.self), "The engine; llama.cpp when absent."),
      .optional(
        "program", .string(length: 1...4096),
        "The path of its program: llama-bench, or a Python that has the engine; llama-bench or python3 on PATH when absent."
      ),
      .optional(
        "machine", .machineProfile,
        "A profile of this machine to compare with, which is answered but not kept; the kept one when absent."),
      .optional(
        "formats", .array(.string(length: 1...40), count: 1...20),
        "The formats to run: file types for llama.cpp, names such as int4-b32 for others; the engine's common ones when absent."
      ),
      .optional("threads", .array(.integer(1...1024), count: 1...8), "The numbers of threads; 1 and all when absent."),
      .optional("timeLimitSeconds", .number(1...3600), "The time limit of one run of the program; 120 when absent."),
      Schema.progressToken,
    ])

  package static let reply = Schema.record(
    "How the engine compares with ours.",
    [
      .required("calibration", .engineCalibration, "What is kept."),
      .required("runs", .array(run), "The figures that the factors follow from."),
      .required("profile", .profileRecord, "Where it is kept."),
      .required("elapsedSeconds", .number(0...), "How long it took."),
    ] + Schema.closingMembers)

  private static let run = Schema.record(
    "A run of the small model.",
    [
      .required("fileType", .string, "The file type, or the engine's own format as framework/name."),
      .required("threads", .integer(1...), "The threads."),
      .required("decodeTokensPerSecond", .number(0...), "What the engine reached, token by token."),
      .required("prefillTokensPerSecond", .number(0...), "What the engine reached with a prompt."),
      .required("ownDecodeTokensPerSecond", .number(0...), "What ours is predicted to reach."),
      .required("ownPrefillTokensPerSecond", .number(0...), "What ours is predicted to reach."),
    ])

  package static let examples = [
    Example(
      "A program that is not there", ["engine": "llama.cpp", "program": "/nowhere/llama-bench"], failure: .invalidParams
    ),
    Example("An engine without a program for it", ["engine": "edgewise"], failure: .invalidParams),
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> CalibrationReport {
    var request = CalibrationRequest(engine: params.engine ?? .llamaCpp)
    request.program = params.program
    if case .measured(let profile)? = params.machine {
      _ = try call.advisor.speedBasis(params.machine)
      request.profile = profile
    }
    request.formats = params.formats
    request.threads = params.threads
    request.timeLimitSeconds = params.timeLimitSeconds ?? CalibrationRequest.defaultTimeLimitSeconds
    // A refusal should not wait for its turn behind a measurement.
    _ = try call.advisor.checkCalibration(request)
    let asked = request
    let advisor = call.advisor
    return try await call.measure { cancellation, progress in
      try advisor.calibrate(asked, cancellation: cancellation, progress: progress)
    }
  }
}
