import Evidence
import Inference
import JSON
import Knowledge
import ModelFiles
import TensorFormats

/// What to find out about a model.
package struct ModelInspection: Sendable, Hashable {
  /// A path or a name of the catalogue.
  package var model: String
  /// The context to compute the memory for; nil for 4096 tokens, or the model's own if that is shorter.
  package var contextTokens: Int?
  package var kvFormat: KVCacheFormat = .f16
  /// The format of the weights, as `framework/name` or a name of llama.cpp; nil for the file's own, or Q4_K_M.
  package var weightFormat: String?
  package var includesMetadata = true
  package var includesTensors = false

  package init(model: String) { self.model = model }

  /// The context that is computed for when none is asked for.
  package static let defaultContextTokens = 4096
  /// The format of a model without a file.
  package static let defaultWeightFormat = "llama.cpp/Q4_K_M"
  /// The contexts of the table.
  static let contexts = [2048, 4096, 8192, 16384, 32768, 65536, 131_072, 262_144]
}

extension Advisor {
  /// Reads the model's file or catalogue entry and computes the memory that it needs.
  package func inspect(_ question: ModelInspection) throws(Refusal) -> ModelReport {
    let contents = try contents(of: try locate(model: question.model))
    let model = contents.description
    let context =
      question.contextTokens
      ?? min(ModelInspection.defaultContextTokens, max(1, model.hyperparameters.contextTokens ?? .max))
    let memory = try MemoryModels.shared.model(
      question.model, contents, format: question.weightFormat, advisor: self)
    var settings = MemorySettings(contextTokens: context)
    settings.keyFormat = question.kvFormat
    settings.valueFormat = question.kvFormat
    var report = ModelReport(
      model: model, memory: memory.forecast(settings), kvBytesPerToken: memory.kvBytesPerToken(settings),
      memoryByContext: [],
      quantizations: model.kind == .imageGeneration ? [] : QuantizationFit.all(model, memory),
      frameworks: LoadingJudge.all(model),
      assumptions: assumptions(question, model, settings), next: next(question, model))
    report.memoryByContext = (model.kind.hasMemoryOfItsOwn ? contexts(of: model) : []).map { tokens in
      settings.contextTokens = tokens
      let forecast = memory.forecast(settings)
      return ModelReport.ContextNeed(
        contextTokens: tokens, kvCacheBytes: forecast.quantity(.kvCache), totalBytes: forecast.totalBytes)
    }
    if model.origin == .file {
      let most = ModelReport.mostItems
      if question.includesMetadata { report.metadata = contents.settings().prefix(most).map { .init($0) } }
      if question.includesTensors { report.tensors = contents.tensors().prefix(most).map { .init($0) } }
    }
    return report
  }

  private func contexts(of model: ModelDescription) -> [Int] {
    guard let longest = model.hyperparameters.contextTokens, (1...1 << 40).contains(longest) else {
      return ModelInspection.contexts
    }
    return ModelInspection.contexts.filter { $0 < longest } + [longest]
  }

  private func assumptions(
    _ question: ModelInspection, _ model: ModelDescription, _ settings: MemorySettings
  ) -> [Assumption] {
    var list: [Assumption] = []
    if !model.kind.hasMemoryOfItsOwn { return list }
    if question.contextTokens == nil {
      list.append(
        Assumption(
          what: "A context of \(settings.contextTokens) tokens.",
          effect: "The KV cache grows with it; memoryByContext shows others."))
    }
    if let longest = model.hyperparameters.contextTokens, settings.contextTokens > longest {
      list.append(
        Assumption(
          what: "A context of \(settings.contextTokens) tokens, though the model was made for \(longest).",
          effect: "Answers get worse beyond the trained context unless its position embedding is scaled."))
    }
    if model.origin == .catalogue, question.weightFormat == nil {
      list.append(
        Assumption(
          what: "Weights in Q4_K_M of llama.cpp, as no file was given.",
          effect: "The weights take from about a third to four times as much in other formats; see quantizations."))
    }
    list.append(
      Assumption(
        what:
          "One sequence at a time in llama.cpp, steps of \(settings.microBatchTokens) tokens with logits of all of them, flash "
          + "attention on.",
        effect: "model/memory tells of more sequences, other steps, other engines, and of what fits."))
    list.append(
      Assumption(
        what: "The model runs on the CPU.",
        effect: "A GPU back end adds some hundred MiB for its own context."))
    if settings.keyFormat != .f16, settings.keyFormat != .f32, settings.keyFormat != .bf16 {
      let uneven = [model.hyperparameters.keyLength, model.hyperparameters.valueLength].compactMap { $0 }
        .contains { !$0.isMultiple(of: settings.keyFormat.format.valuesPerBlock) }
      list.append(
        Assumption(
          what: "A KV cache in \(settings.keyFormat.rawValue).",
          effect: uneven
            ? "llama.cpp refuses it for this model: the head length is not a multiple of "
              + "\(settings.keyFormat.format.valuesPerBlock)."
            : "It needs flash attention in llama.cpp, and costs some quality that grows with the context."))
    }
    return list
  }

  private func next(_ question: ModelInspection, _ model: ModelDescription) -> [NextStep] {
    let reference: JSON = ["model": .string(question.model)]
    if !model.kind.hasMemoryOfItsOwn { return [] }
    var steps = [
      NextStep(
        purpose: "Find the framework, the quantization and the settings for this model on this machine.",
        method: "advice/recommend", params: reference)
    ]
    let isRun = model.fileFormat == .gguf && model.architecture.flatMap(SupportedArchitecture.named) != nil
    steps.append(
      NextStep(
        purpose: "See the formula of each part of the memory, and what fits.", method: "model/memory", params: reference
      ))
    if model.origin == .catalogue || isRun {
      steps.append(
        NextStep(purpose: "Measure how fast it runs here.", method: "benchmark/run", params: reference))
    }
    return steps
  }
}

extension ModelKind {
  /// Whether the need of memory by context can be told: not for what is used beside a model, nor for what has no context.
  fileprivate var hasMemoryOfItsOwn: Bool { self != .adapter && self != .projector && self != .imageGeneration }
}
