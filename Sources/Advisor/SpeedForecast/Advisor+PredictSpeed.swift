import Evidence
import Hardware
import Inference
import JSON
import Kernels
import Knowledge
import TensorFormats

extension Advisor {
  /// Predicts how fast a model runs from what is known of a machine.
  ///
  /// Takes well under a millisecond once model and profile are known.
  package func predictSpeed(_ question: SpeedQuestion, basis: SpeedBasis) throws(Refusal) -> SpeedAnswer {
    let model = try work(of: question.model, format: question.format)
    let engine = try Self.speedEngine(question.engine)
    let threads = try threads(question, basis)
    let batch = question.batchTokens ?? engine.batchTokens
    guard question.depthTokens + question.promptTokens <= 1 << 28 else {
      throw Refusal(.invalidRequest, "depthTokens and promptTokens together exceed any context: at most \(1 << 28).")
    }
    let difference = difference(engine, model, basis, threads: threads, question)
    let forecast = PassForecast(
      model.work, basis.rates, threads: threads, cacheBytesPerValue: question.cacheFormat.tensorFormat.bitsPerValue / 8,
      other: difference)
    let depth = Double(question.depthTokens)
    let decode = forecast.decode(depth: depth + Double(question.promptTokens))
    let prefill = forecast.prefill(tokens: question.promptTokens, depth: depth, batchTokens: batch)
    let range = SpeedRange(model.work, basis, difference, isOwn: engine == .edgewise)
    let tokens = Double(question.promptTokens)
    let cacheBytes =
      model.work.positionsRead(depth: depth + tokens) * Double(2 * model.work.kvHeads * model.work.headSize)
      * question.cacheFormat.tensorFormat.bitsPerValue / 8
    return SpeedAnswer(
      model: model.name, format: model.fileType, engine: engine.rawValue, build: difference?.build,
      machine: basis.machine.name, threads: threads, adviseThreads: basis.profile?.measurement.bandwidthKneeThreads,
      promptTokens: question.promptTokens, depthTokens: question.depthTokens, batchTokens: batch,
      decodeTokensPerSecond: range.quantity(
        1 / decode.seconds, range.decode, "one over the time of a token: \(range.source)"),
      prefillTokensPerSecond: range.quantity(
        tokens / prefill.seconds, range.prefill, "prompt tokens over their time: \(range.source)"),
      timeToFirstTokenSeconds: range.quantity(
        prefill.seconds, range.prefill, "the time of the prompt's batches: \(range.source)"),
      decodeParts: decode, prefillParts: prefill, weightBytes: model.work.weightBytes,
      bytesReadPerToken: Int(min(model.work.bytesReadPerToken + cacheBytes, 1e18)),
      decodeBoundBy: bound(decode, model.work, basis, threads: threads), standIn: model.standIn,
      profile: basis.record, assumptions: assumptions(model, basis, difference, threads: threads),
      next: next(question, basis, engine, difference))
  }

  /// The engine of that id.
  static func speedEngine(_ id: String?) throws(Refusal) -> SpeedEngine {
    guard let id else { return .edgewise }
    if let engine = SpeedEngine(rawValue: id.lowercased()) { return engine }
    throw Refusal(
      .invalidRequest,
      "No speed is known for the engine '\(id.prefix(40))': expected one of "
        + SpeedEngine.allCases.map(\.rawValue).joined(separator: ", ") + ".")
  }

  private func threads(_ question: SpeedQuestion, _ basis: SpeedBasis) throws(Refusal) -> Int {
    guard let threads = question.threads else { return basis.threads }
    guard threads <= basis.rates.threads else {
      throw Refusal(
        .invalidRequest,
        "threads \(threads) is more than the \(basis.rates.threads) that the rates of \(basis.machine.name) are known "
          + "for: ask for as many at most.")
    }
    return threads
  }

  private func difference(
    _ engine: SpeedEngine, _ model: WorkMemory.Known, _ basis: SpeedBasis, threads: Int, _ question: SpeedQuestion
  ) -> EngineDifference? {
    guard engine != .edgewise else { return nil }
    let bits = Double(model.work.weightBytes) * 8 / Double(max(1, model.parameters))
    if question.isCalibrated,
      let calibration = basis.profile?.calibration(of: engine.rawValue, build: question.build),
      let difference = EngineDifference(calibration, fileType: model.fileType, bitsPerWeight: bits, threads: threads)
    {
      return difference
    }
    // On a described machine rates are those of any engine.
    guard basis.profile != nil else {
      return EngineDifference(
        decodeFactor: 1, prefillFactor: 1, uncertaintyFraction: 0.3, source: "the same for every engine")
    }
    let format = model.work.mainFormat
    return UsualDifference.of(
      engine, format: format, rates: basis.rates, threads: threads,
      layerSeconds: 2 * (basis.rates.costs(threads: threads)?.layerSeconds ?? 0))
  }

  private func bound(
    _ time: PassTime, _ work: ModelWork, _ basis: SpeedBasis, threads: Int
  ) -> SpeedAnswer.Bound {
    if time.otherSeconds > time.seconds / 2 { return .overhead }
    guard let bandwidth = basis.rates.bandwidth(threads: threads), bandwidth > 0 else { return .memory }
    return work.bytesReadPerToken / bandwidth > 0.7 * time.weightSeconds ? .memory : .compute
  }

  private func assumptions(
    _ model: WorkMemory.Known, _ basis: SpeedBasis, _ difference: EngineDifference?, threads: Int
  ) -> [Assumption] {
    var result = basis.assumptions
    result.append(
      Assumption(
        what: "All \(model.work.weightBytes) bytes of weights stay in memory, one request at a time.",
        effect:
          "Weights that must be read from storage for each token make it many times slower; model/memory tells what fits."
      ))
    if let note = model.standIn {
      result.append(Assumption(what: note + ".", effect: "The rate is that of the stand-in."))
    }
    let unknown = model.work.formats.filter { !basis.rates.knows($0) }.map(\.name)
    if !unknown.isEmpty {
      result.append(
        Assumption(
          what:
            "Weights in \(unknown.joined(separator: ", ")) are as fast as those with the nearest bits that were measured.",
          effect: "Rates may be off by a third: measure all formats."))
    }
    if let difference {
      result.append(
        Assumption(
          what: "The engine differs from ours by \(difference.source).",
          effect: difference.build == nil
            ? "Builds and machines differ: calibrate/engine runs an installed one and narrows the interval."
            : "A later build may be faster or slower: calibrate it anew."))
    }
    for remark in basis.record.remarks {
      result.append(Assumption(what: remark, effect: "Rates may be those of then."))
    }
    return result
  }

  private func next(
    _ question: SpeedQuestion, _ basis: SpeedBasis, _ engine: SpeedEngine, _ difference: EngineDifference?
  ) -> [NextStep] {
    var steps: [NextStep] = []
    if basis.record.state == .described {
      steps.append(
        NextStep(
          purpose: "Measure the device itself, and give the file as machine here.",
          command: "edgewise assess --save machine.json"))
    }
    if basis.record.state != .described, engine != .edgewise, difference?.build == nil {
      steps.append(
        NextStep(
          purpose: "Run the installed \(engine.rawValue) on a small model, so that predictions are for that build.",
          command: "edgewise calibrate --engine \(engine.rawValue)", method: "calibrate/engine",
          params: ["engine": .string(engine.rawValue)]))
    }
    steps.append(
      NextStep(
        purpose: "See which format and context fit this machine.", method: "model/fit",
        params: ["model": .string(question.model)]))
    return steps
  }
}

extension ModelWork {
  /// The format of most weights that a token reads.
  var mainFormat: TensorFormat {
    var bytes: [TensorFormat: Double] = [:]
    for phase in phases {
      for matrix in phase.matrices { bytes[matrix.format, default: 0] += matrix.byteCount * Double(phase.count) }
    }
    return bytes.max { ($0.value, $1.key.id) < ($1.value, $0.key.id) }?.key ?? .f16
  }

  /// The formats of its weights, each once.
  var formats: [TensorFormat] { Set(phases.flatMap { $0.matrices.map(\.format) }).sorted { $0.id < $1.id } }
}
