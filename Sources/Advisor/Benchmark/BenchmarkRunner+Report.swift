import Benchmarking
import Evidence
import Inference
import JSON
import Kernels
import TensorFormats

extension BenchmarkRunner {
  /// What the report says of the model.
  func record(_ model: Model) -> BenchmarkReport.MeasuredModel {
    var record = BenchmarkReport.MeasuredModel(
      name: plan.name, source: .file, origin: plan.name, architecture: model.shape.architecture,
      quantization: plan.quantization, parameterCount: model.shape.parameters, weightBytes: model.plan.weightBytes,
      bytesReadPerToken: model.plan.bytesReadPerToken, residentWeightBytes: model.residentWeightBytes,
      repeatedLayers: 0, standIn: nil, weights: model.weightPlacement, weightCopySeconds: model.weightCopySeconds,
      notes: model.notes)
    if case .file(let path) = plan.weights { record.origin = path }
    if case .synthetic(_, _, let citation) = plan.weights {
      record.source = .synthetic
      record.origin = citation
    }
    if case .synthetic(let origin) = model.origin {
      record.repeatedLayers = origin.repeatedLayers
      record.standIn = origin.standInNote
    }
    return record
  }

  /// What is worth knowing of where the weights lie, as warnings.
  func notes(_ model: Model) -> [String] {
    guard plan.weightPlacement == .copied, model.weightPlacement == .mapped else { return [] }
    return [
      "the weights stayed in the mapped file, because a copy of \(model.residentWeightBytes) bytes would take more than half of "
        + "the memory that may be used; from small pages every token reads them more slowly"
    ]
  }

  func timeToFirstToken(_ samples: PrefillSamples) -> Quantity? {
    samples.timeToFirstToken.quantity(
      source: "median of prefilling \(plan.promptTokens) tokens and choosing the next, weights in memory")
  }

  func warnings(
    _ environment: EnvironmentRecord, _ prefill: PrefillSamples?, _ decode: BenchmarkReport.DecodeMeasurement?
  ) -> [String] {
    var warnings = plan.warnings + environment.disturbance.signs
    if let run = prefill?.measurement.seconds, run.drift?.isDrifting == true {
      warnings.append("prefill times drifted by \(percent(run.drift?.changeFraction)) over the run")
    }
    if let run = decode?.interTokenLatencySeconds {
      if run.drift?.isDrifting == true, plan.generateTokens < 256 {
        warnings.append("decode times drifted by \(percent(run.drift?.changeFraction)) over the run")
      }
      if run.stopReason == .timeLimitReached {
        warnings.append("decoding was stopped by the time limit before its spread reached the target")
      }
    }
    if prefill?.measurement.seconds.stopReason == .timeLimitReached {
      warnings.append("prefill was stopped by the time limit before its spread reached the target")
    }
    return warnings
  }

  func assumptions(_ model: Model) -> [Assumption] {
    var assumptions = [
      Assumption(
        what: "one request at a time, weights already in memory, tokenization and sampling beyond greedy not counted",
        effect: "a server adds its own time for each request, and the first request also reads the file")
    ]
    if case .synthetic(let origin) = model.origin, origin.repeatedLayers > 0 {
      assumptions.append(
        Assumption(
          what: "\(origin.repeatedLayers) of \(model.shape.layers) layers share memory with others",
          effect:
            "the whole model takes \(model.plan.weightBytes) bytes; where that exceeds the memory, it would be paged "
            + "in from storage and run many times slower"))
    }
    return assumptions
  }

  func next() -> [NextStep] {
    var deeper = BenchmarkRequest(model: modelName)
    deeper.depthTokens = plan.depthTokens + 4096
    if case .synthetic(_, let recipe, _) = plan.weights { deeper.quantization = recipe.rawValue }
    var cells = ""
    if plan.cacheFormat != BenchmarkRequest.defaultCacheFormat {
      deeper.cacheFormat = plan.cacheFormat
      let name = plan.cacheFormat.rawValue.lowercased()
      cells = " -fa 1 -ctk \(name) -ctv \(name)"
    }
    return [
      NextStep(
        purpose: "Measure how decoding slows down as the context fills.", method: "benchmark/run",
        params: try? JSON(encoding: deeper)),
      NextStep(
        purpose: "Compare with llama.cpp on the same machine.",
        command: "llama-bench -m MODEL.gguf -p \(plan.promptTokens) -n \(plan.generateTokens) -d \(plan.depthTokens) "
          + "-t \(plan.threads)\(cells) -o json"),
    ]
  }

  private var modelName: String {
    if case .file(let path) = plan.weights { path } else { plan.name }
  }

  private func percent(_ fraction: Double?) -> String {
    "\(Int(((fraction ?? 0) * 100).rounded())) %"
  }
}
