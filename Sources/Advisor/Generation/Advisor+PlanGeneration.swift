import Benchmarking
import Inference
import Knowledge
import ModelFiles
import Tokenization

extension Advisor {
  /// Checks a request and turns its prompt into tokens; reads the head of a file and no weights.
  package func planGeneration(_ request: GenerationRequest) throws(Refusal) -> GenerationPlan {
    let given = [request.prompt != nil, request.tokens != nil, request.messages != nil].filter(\.self).count
    guard given == 1 else {
      throw Refusal(
        .invalidRequest,
        "expected one of prompt, tokens and messages, found \(given == 0 ? "none" : "\(given)"); give the prompt once")
    }
    let sampling = try sampling(request)
    var benchmark = BenchmarkRequest(model: request.model, quantization: request.quantization)
    (benchmark.promptTokens, benchmark.generateTokens) = (1, 1)
    benchmark.threads = request.threads
    benchmark.cacheFormat = request.cacheFormat
    benchmark.batchTokens = request.batchTokens ?? GenerationRequest.defaultBatchTokens
    benchmark.weights = request.weights
    var plan = GenerationPlan(
      benchmark: try planBenchmark(benchmark), prompt: [],
      maxTokens: request.maxTokens ?? GenerationRequest.defaultMaxTokens, contextTokens: 0, sampling: sampling,
      stop: (request.stop ?? []).filter { !$0.isEmpty }, warnings: [])
    try addPrompt(request, to: &plan)
    let shape = try shape(plan)
    let size = shape.vocabularySize
    if let index = plan.prompt.firstIndex(where: { $0 < 0 || $0 >= size }) {
      throw Refusal(
        .invalidRequest,
        "/tokens/\(index): token \(plan.prompt[index]) is outside the vocabulary, expected 0 to "
          + "\(size - 1)", details: ["pointer": "/tokens/\(index)"])
    }
    plan.contextTokens = try context(request, plan, most: shape.contextTokens)
    try checkMemory(plan, shape)
    return plan
  }

  private func sampling(_ request: GenerationRequest) throws(Refusal) -> SamplingOptions {
    var options = SamplingOptions()
    options.temperature = request.temperature ?? options.temperature
    options.topK = request.topK ?? options.topK
    options.topP = request.topP ?? options.topP
    options.minP = request.minP ?? options.minP
    options.seed = request.seed.map { UInt64(bitPattern: Int64($0)) } ?? options.seed
    do throws(SamplingError) {
      try options.validate()
    } catch {
      throw Refusal(.invalidRequest, "\(error)")
    }
    return options
  }

  private func addPrompt(_ request: GenerationRequest, to plan: inout GenerationPlan) throws(Refusal) {
    if let tokens = request.tokens {
      plan.prompt = tokens
      do throws(Refusal) {
        plan.tokenizer = try tokenizer(of: request.model)
      } catch {
        plan.warnings.append("the answer is given as token ids, without text: \(error.message)")
      }
      guard !tokens.isEmpty else {
        throw Refusal(.invalidRequest, "/tokens: the prompt is empty; expected at least one token id")
      }
      return
    }
    let clock = MonotonicClock.system
    let start = clock.nowSeconds()
    let tokenizer = try tokenizer(of: request.model)
    let parts = try parts(request, tokenizer, &plan)
    do throws(TokenizerError) {
      plan.prompt = try tokenizer.encode(parts, addsSpecial: request.addSpecial ?? true)
    } catch {
      throw Refusal(error, place: request.prompt == nil ? "/messages" : "/prompt")
    }
    plan.tokenizer = tokenizer
    plan.tokenizeSeconds = clock.nowSeconds() - start
    guard !plan.prompt.isEmpty else {
      throw Refusal(
        .invalidRequest,
        "/prompt: the prompt is empty, and this model has no token for the beginning that would stand before it; give at "
          + "least one character")
    }
  }

  private func parts(
    _ request: GenerationRequest, _ tokenizer: Tokenizer, _ plan: inout GenerationPlan
  ) throws(Refusal) -> [TextPart] {
    guard let messages = request.messages else {
      return [TextPart(request.prompt ?? "", parsesSpecial: request.parseSpecial ?? false)]
    }
    guard !messages.isEmpty else {
      throw Refusal(.invalidRequest, "/messages: the conversation is empty; expected at least one message")
    }
    let family = try chatTemplate(of: request.model)
    plan.chatTemplate = family.name
    return family.render(messages, end: tokenizer.specialTokens.end.flatMap(tokenizer.piece) ?? "")
  }

  /// The chat format of a file; one that is absent or not recognized is refused, because the model would be misled.
  private func chatTemplate(of reference: String) throws(Refusal) -> ChatTemplateFamily {
    let file: GGUFFile
    let path = try locate(model: reference).weightsPath() ?? reference
    do throws(ModelFileError) { file = try GGUFFile.open(path: path) } catch { throw Refusal(error) }
    guard let family = ChatTemplateFamily.of(file.metadata) else {
      throw Refusal(
        .modelUnsupported,
        "\(reference) has no chat template (tokenizer.chat_template), so it is probably no chat model; give a prompt "
          + "instead of messages")
    }
    guard family.isKnown else {
      throw Refusal(
        .modelUnsupported,
        "the chat template of \(reference) is unknown; known are "
          + ChatTemplateFamily.all.map(\.name).joined(separator: ", ")
          + "; give a prompt in the model's format with parseSpecial instead of messages")
    }
    return family
  }

  /// The shape that will run.
  private func shape(_ plan: GenerationPlan) throws(Refusal) -> TransformerShape {
    do throws(InferenceError) {
      switch plan.benchmark.weights {
      case .file(let path): return try Model.open(path: path).shape
      case .synthetic(let dimensions, _, _): return try StandIn.of(dimensions).shape
      }
    } catch {
      throw Refusal(error)
    }
  }

  /// Refuses a context whose cache cannot be held, before weights are loaded or made.
  private func checkMemory(_ plan: GenerationPlan, _ shape: TransformerShape) throws(Refusal) {
    guard let usable = plan.benchmark.usableMemoryBytes else { return }
    do throws(InferenceError) {
      let memory = try SessionMemory(
        shape: shape, contextTokens: plan.contextTokens, batchTokens: plan.benchmark.batchTokens,
        cacheFormat: plan.benchmark.cacheFormat)
      guard memory.totalBytes > usable else { return }
      throw .notEnoughMemory(
        purpose: "KV cache and scratch for \(plan.contextTokens) tokens", neededBytes: memory.totalBytes,
        limitBytes: usable)
    } catch {
      throw Refusal(error)
    }
  }

  private func context(
    _ request: GenerationRequest, _ plan: GenerationPlan, most: Int
  ) throws(Refusal) -> Int {
    if let given = request.contextTokens, given > most {
      throw Refusal(
        .invalidRequest, "contextTokens \(given) exceeds the model's context of \(most) tokens; ask for \(most) at most"
      )
    }
    let wanted = plan.prompt.count.addingReportingOverflow(plan.maxTokens)
    let context = request.contextTokens ?? min(most, wanted.overflow ? most : wanted.partialValue)
    guard plan.prompt.count < context || plan.prompt.count == context && plan.maxTokens <= 1 else {
      throw Refusal(
        .invalidRequest,
        "the prompt has \(plan.prompt.count) tokens, which leaves no room in a context of \(context); shorten it"
          + (context < most ? ", or ask for a longer context (\(most) at most)" : ""),
        details: ["promptTokens": "\(plan.prompt.count)", "contextTokens": "\(context)"])
    }
    return context
  }
}
