import Inference
import TensorFormats
import Testing

@testable import Advisor

@Suite("Calibrating an engine")
struct CalibrationFitTests {
  @Test("the factors that an engine was made up with are found again", arguments: [(0.5, 0.25), (1, 1), (1.5, 3)])
  func found(decodeFactor: Double, prefillFactor: Double) throws {
    let rates = EngineRates(try MadeUpMachine.profile().measurement)
    let fit = CalibrationFit(rates: rates, prompt: 256, generate: 24, batchTokens: 512)
    func forecast(_ work: ModelWork) -> PassForecast {
      PassForecast(
        work, rates, threads: 2,
        other: EngineDifference(
          decodeFactor: decodeFactor, prefillFactor: prefillFactor, layerSeconds: 3e-5, prefillLayerSeconds: 2e-4,
          uncertaintyFraction: 0, source: ""))
    }
    func decode(_ work: ModelWork) -> Double { 1 / forecast(work).decode(depth: 12).seconds }
    func prefill(_ work: ModelWork) -> Double {
      256 / forecast(work).prefill(tokens: 256, depth: 0, batchTokens: 512).seconds
    }
    let narrow = try ProbeModel.narrow.work(.q8_0)
    let layer = fit.layer(narrow, decode: decode(narrow), prefill: prefill(narrow), threads: 2)
    // Narrow products cost next to nothing, whatever the factor.
    #expect(abs(layer.layerSeconds - 3e-5) < 2e-5)
    let work = try ProbeModel.main.work(.q4_0)
    let factors = fit.factors(work, decode: decode(work), prefill: prefill(work), threads: 2, layer: layer)
    #expect(abs(factors.decode / decodeFactor - 1) < 0.02)
    #expect(abs(factors.prefill / prefillFactor - 1) < 0.02)
  }

  @Test("a narrow model that others slowed down does not make an engine's products free")
  func disturbed() throws {
    let rates = EngineRates(try MadeUpMachine.profile().measurement)
    let fit = CalibrationFit(rates: rates, prompt: 256, generate: 24, batchTokens: 512)
    let layer = EngineCalibration.LayerCost(threads: 2, layerSeconds: 10, prefillLayerSeconds: 10)
    let work = try ProbeModel.main.work(.q4_0)
    let own = PassForecast(work, rates, threads: 2)
    let factors = fit.factors(
      work, decode: 1 / own.decode(depth: 12).seconds, prefill: 100, threads: 2, layer: layer)
    #expect(factors.decode <= 5.1)
    #expect(factors.prefill < 500)
  }

  @Test("llama-bench's figures are read, the middle of the repetitions taken")
  func figures() throws {
    let figures = try LlamaBench.figures(
      """
      [{"build_commit": "abc", "build_number": 7, "n_threads": 2, "n_prompt": 256, "n_gen": 0, "avg_ts": 90.0,
        "samples_ts": [80, 100, 120]},
       {"n_threads": 2, "n_prompt": 0, "n_gen": 24, "avg_ts": 30.5}]
      """, program: "llama-bench")
    #expect(figures.map(\.isPrefill) == [true, false])
    #expect(figures.map(\.tokensPerSecond) == [100, 30.5])
    #expect(figures[0].build == "b7 abc")
  }

  @Test(
    "what is not llama-bench's output is refused",
    arguments: ["", "not JSON", "{}", "[]", "[{\"n_threads\": 2}]", "[{\"n_threads\":1,\"n_prompt\":1,\"avg_ts\":-1}]"])
  func refused(text: String) {
    #expect(throws: Refusal.self) { try LlamaBench.figures(text, program: "llama-bench") }
  }

  @Test("an engine without a program to run, or a program that is not there, is refused before anything is measured")
  func checked() {
    var request = CalibrationRequest(engine: .edgewise)
    #expect(throws: Refusal.self) { try Advisor().checkCalibration(request) }
    request = CalibrationRequest(engine: .llamaCpp)
    request.program = "/nowhere/llama-bench"
    #expect(throws: Refusal.self) { try Advisor().checkCalibration(request) }
    request.program = nil
    request.formats = ["Q9_Z"]
    #expect(throws: Refusal.self) { try Advisor().checkCalibration(request) }
  }
}
