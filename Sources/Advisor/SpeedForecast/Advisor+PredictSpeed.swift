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
    let prediction = try prediction(question, basis: basis)
    let (model, engine, basis) = (prediction.model, prediction.engine, prediction.basis)
    return SpeedAnswer(
      model: model.name, format: model.fileType, engine: engine.rawValue, build: prediction.difference?.build,
      machine: basis.machine.name, threads: prediction.threads,
      adviseThreads: basis.profile?.measurement.bandwidthKneeThreads, promptTokens: question.promptTokens,
      depthTokens: question.depthTokens, batchTokens: prediction.batchTokens,
      decodeTokensPerSecond: prediction.decodeTokensPerSecond,
      prefillTokensPerSecond: prediction.prefillTokensPerSecond,
      timeToFirstTokenSeconds: prediction.timeToFirstTokenSeconds, decodeParts: prediction.decode,
      prefillParts: prediction.prefill, weightBytes: model.work.weightBytes,
      bytesReadPerToken: prediction.bytesReadPerToken, decodeBoundBy: prediction.decodeBoundBy, standIn: model.standIn,
      profile: basis.record, assumptions: prediction.assumptions,
      next: next(question, basis, engine, prediction.difference))
  }

  /// The numbers of a prediction, without the words of an answer.
  func prediction(_ question: SpeedQuestion, basis: SpeedBasis) throws(Refusal) -> SpeedPrediction {
    let model = try work(of: question.model, format: question.format)
    let engine = try Self.speedEngine(question.engine)
    let basis = try self.basis(basis, for: engine)
    let threads = try threads(question, basis)
    guard question.depthTokens + question.promptTokens <= 1 << 28 else {
      throw Refusal(.invalidRequest, "depthTokens and promptTokens together exceed any context: at most \(1 << 28).")
    }
    return SpeedPrediction(
      question, basis, model, engine: engine, threads: threads,
      difference: difference(engine, model, basis, threads: threads, question))
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

  /// What a mixture of experts may differ by from the dense model of a calibration: Tests/Benchmarks/prediction.py found llama.cpp
  /// slower on them by 0 to 0.9, and once more.
  private static let denseForMixture = 0.6

  private func difference(
    _ engine: SpeedEngine, _ model: WorkMemory.Known, _ basis: SpeedBasis, threads: Int, _ question: SpeedQuestion
  ) -> EngineDifference? {
    guard engine != .edgewise else { return nil }
    if question.isCalibrated,
      let calibration = basis.profile?.calibration(of: engine.rawValue, build: question.build)
    {
      let (fileType, bits) = Self.likeness(of: model)
      if var difference = EngineDifference(calibration, fileType: fileType, bitsPerWeight: bits, threads: threads) {
        if model.work.phases.contains(where: { $0.experts != nil }) {
          difference.uncertaintyFraction = Uncertainty.together([difference.uncertaintyFraction, Self.denseForMixture])
          difference.source += ", which was dense: mixtures of experts run otherwise"
        }
        return difference
      }
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

  /// The file type whose runs tell about a model, and its bits per weight: its own, or, where the rows of most weights do not fill the
  /// blocks of that type's format, the type of the format that takes the place.
  private static func likeness(of model: WorkMemory.Known) -> (fileType: String, bitsPerWeight: Double) {
    let format = model.work.mainFormat
    if let base = FileTypeRecipe(runnable: model.fileType)?.base, base != format,
      let other = FileTypeRecipe.runnable.first(where: { $0.base == format })
    {
      return (other.rawValue, format.bitsPerValue)
    }
    return (model.fileType, Double(model.work.weightBytes) * 8 / Double(max(1, model.parameters)))
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
