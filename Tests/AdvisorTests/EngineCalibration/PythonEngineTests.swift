import Evidence
import Kernels
import TestSupport
import Testing

@testable import Advisor

@Suite("Engines that are run by Python")
struct PythonEngineTests {
  /// Runs the narrow model with an engine whose Python is a shell script.
  private func runs(
    _ script: String, timeLimitSeconds: Double = 20, cancellation: Cancellation = Cancellation()
  ) throws -> [EngineRun] {
    let tree = try FileTree(["models/x": ""])
    try tree.write(Array("#!/bin/sh\n\(script)\n".utf8), to: "python")
    let engine = MLXEngine()
    let setting = CalibrationSetting(
      program: tree.path + "/python", folder: tree.path + "/models", threads: [1, 2], prompt: 256, generate: 24,
      timeLimitSeconds: timeLimitSeconds, cancellation: cancellation)
    try engine.requireReady(setting)
    return try engine.run(.narrow, engine.narrowFormat, setting)
  }

  /// What the refusal of a run says.
  private func refusal(_ script: String, timeLimitSeconds: Double = 20) -> String {
    do {
      let runs = try runs(script, timeLimitSeconds: timeLimitSeconds)
      return "\(runs)"
    } catch {
      return (error as? Refusal)?.message ?? "\(error)"
    }
  }

  private static let good =
    #"{"build": "mlx 1", "promptTokens": 64, "generatedTokens": 10, "prefillSeconds": [0.5, 1, 2], "decodeSeconds": [2]}"#

  @Test("what the script prints becomes rates, one run for each number of threads")
  func rates() throws {
    let runs = try runs("echo '\(Self.good)'")
    #expect(runs.map(\.threads) == [1, 2])
    #expect(runs[0].prefillTokensPerSecond == 64 && runs[0].decodeTokensPerSecond == 5)
    #expect(runs[1].promptTokens == 64 && runs[1].build == "mlx 1")
  }

  @Test(
    "what is not the script's output is refused with what is wrong",
    arguments: [
      ("", "no JSON"), ("Segmentation fault", "no JSON"), ("[]", "promptTokens"),
      (#"{"promptTokens": 1e9}"#, "promptTokens"), (#"{"promptTokens": 0}"#, "promptTokens"),
      (#"{"promptTokens": 257}"#, "promptTokens"), (good.replacing("10", with: "-1"), "generatedTokens"),
      (good.replacing("[2]", with: "[]"), "decodeSeconds"), (good.replacing("[2]", with: "[0]"), "decodeSeconds"),
      (good.replacing("[2]", with: "[2, \"x\"]"), "decodeSeconds"),
      (good.replacing("0.5", with: "1e300"), "prefillSeconds"),
      (good.replacing("[2]", with: "[\(String(repeating: "1,", count: 20))1]"), "decodeSeconds"),
      (good.replacing("mlx 1", with: ""), "build"),
      (good.replacing("mlx 1", with: String(repeating: "x", count: 201)), "build"),
      (good.replacing("mlx 1", with: "a\\u001b[2Jb"), "build"),
    ])
  func refused(output: String, word: String) {
    // The search for modules prints nothing that counts.
    #expect(refusal("printf '%s' '\(output)'").contains(word))
  }

  @Test("a Python without the module is told what to install")
  func missing() {
    let message = refusal("printf mlx_lm >&2; exit 9")
    #expect(message.contains("has no module mlx_lm") && message.contains("-m pip install"))
  }

  @Test("a program that fails, hangs or floods is ended and said so")
  func failing() {
    #expect(refusal("echo no such thing >&2; exit 3").contains("status 3: no such thing"))
    #expect(refusal("sleep 60", timeLimitSeconds: 0.1).contains("took more than"))
    #expect(refusal("head -c 100000000 /dev/zero").contains("printed more than"))
  }

  @Test("a cancel ends a run")
  func cancelled() {
    #expect(throws: Cancelled.self) { try runs("sleep 60", cancellation: Cancellation(allowance: 0)) }
  }

  @Test("formats go by their ids or their names alone, and others are refused with those that there are")
  func formats() throws {
    let engine = ONNXRuntimeEngine()
    #expect(try engine.formats(asked: ["int8", "olive/int8", "f32"]) == ["olive/int8", "F32"])
    #expect(try engine.formats(asked: nil) == engine.defaultFormats)
    #expect(throws: Refusal.self) { try engine.formats(asked: ["Q4_K_M"]) }
  }

  @Test("each engine that can be calibrated is one of those whose speed is predicted, once")
  func once() {
    let engines = CalibratedEngines.all
    #expect(Set(engines.map(\.engine)).count == engines.count)
    for engine in engines {
      #expect(engine.formats.contains(engine.narrowFormat))
      #expect(Set(engine.defaultFormats).isSubset(of: engine.formats))
    }
    #expect(throws: Refusal.self) { try CalibratedEngines.engine(.edgewise) }
  }

  @Test("a whole calibration is kept by the formats' names, and a prediction in one of them says so")
  func calibrated() throws {
    let tree = try FileTree([:])
    try tree.write(Array("#!/bin/sh\necho '\(Self.good)'\n".utf8), to: "python")
    var request = CalibrationRequest(engine: .onnxRuntime)
    request.program = tree.path + "/python"
    request.formats = ["int4-b32"]
    request.profile = try MadeUpMachine.profile()
    let report = try Advisor().calibrate(request, in: nil, cancellation: Cancellation(), progress: .ignored)
    let calibration = report.calibration
    #expect(calibration.factors.map(\.fileType) == ["olive/int4-b32", "olive/int4-b32"])
    #expect(calibration.factors.map(\.threads) == [1, 2] && calibration.factors[0].promptTokens == 64)
    var profile = try MadeUpMachine.profile()
    profile.keep(calibration)
    func answer(_ format: String) throws -> SpeedAnswer {
      var question = SpeedQuestion(model: "llama-3.2-1b")
      question.engine = "onnxruntime"
      question.format = format
      return try Advisor().predictSpeed(question, basis: MadeUpMachine.basis(profile))
    }
    func width(_ answer: SpeedAnswer) throws -> Double {
      let rate = answer.decodeTokensPerSecond
      return try #require(rate.high) / (try #require(rate.low))
    }
    let (same, other) = (try answer("olive/int4-b32"), try answer("olive/int8"))
    #expect(same.build == "mlx 1" && same.decodeTokensPerSecond.evidence == .calibrated)
    #expect(same.assumptions.contains { $0.what.contains("calibrated here with a small model in olive/int4-b32") })
    #expect(!same.assumptions.contains { $0.what.contains("byte for byte") })
    #expect(try width(same) < width(other))
  }
}
