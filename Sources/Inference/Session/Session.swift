package import Kernels

/// A conversation with a model: its KV cache, the memory for one batch, and the logits of the last token.
///
/// One thread at a time may use it. After a cancelled or refused call the position is what it was before, and the session
/// can go on.
package final class Session {
  /// The batch size of prefill unless another is asked for, in tokens.
  package static let defaultBatchTokens = 256

  package let model: Model
  package let kernels: KernelSet
  package let team: ThreadTeam
  /// The positions that the KV cache holds.
  package let contextTokens: Int
  /// The most tokens that prefill passes through the layers at once.
  package let batchTokens: Int
  /// How the KV cache stores numbers.
  package var cacheFormat: CellFormat { cache.format }
  /// What the session itself reserves; weights are the model's.
  package let memory: SessionMemory
  /// Tokens in the cache.
  package private(set) var position = 0

  private let cache: KeyValueCache
  private let scratch: Scratch
  private let frequencies: [RopeFrequencies]
  /// Which half of the convolutions' memory holds the inputs before `position`.
  private var convolutionHalf = 0
  private let logitsBuffer: AlignedBuffer

  /// Reserves the memory of a session.
  ///
  /// Throws `notEnoughMemory` before anything is allocated when the KV cache and scratch exceed `memoryLimitBytes`.
  package init(
    model: Model, kernels: KernelSet, team: ThreadTeam, contextTokens: Int,
    batchTokens: Int = Session.defaultBatchTokens, cacheFormat: CellFormat = .f16, memoryLimitBytes: Int? = nil
  ) throws(InferenceError) {
    let memory = try SessionMemory(
      shape: model.shape, contextTokens: contextTokens, batchTokens: batchTokens, cacheFormat: cacheFormat)
    if let memoryLimitBytes, memory.totalBytes > memoryLimitBytes {
      throw .notEnoughMemory(
        purpose: "KV cache and scratch for \(contextTokens) tokens", neededBytes: memory.totalBytes,
        limitBytes: memoryLimitBytes)
    }
    self.model = model
    self.kernels = kernels
    self.team = team
    self.contextTokens = contextTokens
    self.batchTokens = min(batchTokens, contextTokens)
    self.memory = memory
    frequencies = RopeFrequencies.all(model.shape, contextTokens: contextTokens)
    cache = try KeyValueCache(shape: model.shape, contextTokens: contextTokens, format: cacheFormat)
    scratch = try Scratch(layout: ScratchLayout(shape: model.shape, tokens: self.batchTokens))
    do { logitsBuffer = try AlignedBuffer(byteCount: memory.logitsBytes) } catch {
      throw .allocationFailed(purpose: "logits", bytes: memory.logitsBytes)
    }
  }

  /// Bytes of the weights in memory and of everything that the session reserves.
  package var totalMemoryBytes: Int { model.residentWeightBytes + memory.totalBytes }

  /// A copy of the logits after the last token of the last `prefill` or `decode`: one per token of the vocabulary.
  package var logits: [Float] { Array(logitsValues) }

  /// The token with the largest logit, the first of equals.
  package var greedyToken: Int { kernels.argmax(UnsafeBufferPointer(logitsValues)) }

  /// Reads `tokens` in batches of at most `batchTokens`; `logits` are then those of the last one.
  ///
  /// Throws `cancelled` within milliseconds of raising the flag, `contextFull` or `tokenOutOfRange` before anything is
  /// computed.
  package func prefill(_ tokens: [Int], cancellation: Cancellation? = nil) throws(InferenceError) {
    guard !tokens.isEmpty else { throw .badParameter(name: "tokens", expected: "at least 1", found: 0) }
    try check(tokens)
    let before = (half: convolutionHalf, inputs: Array(scratch.convolution))
    do {
      var done = 0
      while done < tokens.count {
        let next = min(tokens.count, done + batchTokens)
        try run(
          tokens[done..<next], at: position + done, logits: next == tokens.count ? logitsValues : nil, cancellation)
        done = next
      }
    } catch {
      convolutionHalf = before.half
      _ = scratch.convolution.update(from: before.inputs)
      throw error
    }
    position += tokens.count
  }

  /// Reads one token; `logits` are then its own.
  ///
  /// Throws like `prefill`.
  package func decode(_ token: Int, cancellation: Cancellation? = nil) throws(InferenceError) {
    try check([token])
    try run([token], at: position, logits: logitsValues, cancellation)
    position += 1
  }

  /// Reads the prompt, then picks the most likely token `count` times; each but the last is read, too.
  package func generateGreedy(
    prompt: [Int], count: Int, cancellation: Cancellation? = nil
  ) throws(InferenceError) -> [Int] {
    guard count >= 1 else { throw .badParameter(name: "count", expected: "at least 1", found: count) }
    try prefill(prompt, cancellation: cancellation)
    var generated = [greedyToken]
    while generated.count < count {
      try decode(generated[generated.count - 1], cancellation: cancellation)
      generated.append(greedyToken)
    }
    return generated
  }

  /// Forgets all tokens; memory stays reserved.
  package func reset() { rewind(to: 0) }

  /// Forgets the tokens from position `depth` on; a depth beyond the position changes nothing.
  ///
  /// Short convolutions keep only their last inputs: after a rewind they go on as if the tokens before `depth` were blank.
  package func rewind(to depth: Int) {
    guard depth < position else { return }
    position = max(0, depth)
    scratch.convolution.update(repeating: 0)
  }

  /// Pretends that `depth` tokens were read, with plausible keys and values, to measure at that depth at once.
  ///
  /// Throws `contextFull` when they do not fit, and `cancelled`.
  package func fillCache(depth: Int, seed: UInt64 = 1, cancellation: Cancellation? = nil) throws(InferenceError) {
    guard depth >= 0 else { throw .badParameter(name: "depth", expected: "0 or more", found: depth) }
    guard depth <= contextTokens else { throw .contextFull(contextTokens: contextTokens, neededTokens: depth) }
    let heads = model.shape.kvHeads
    let cache = cache
    do {
      try team.forEach(count: model.shape.attentionLayers * heads, cancellation: cancellation) { range, _ in
        for index in range {
          var random = RandomBits(seed: seed &+ UInt64(index))
          cache.fill(
            layer: index / heads, head: index % heads, count: depth, random: &random, kernels: kernels)
        }
      }
    } catch { throw .cancelled }
    position = depth
  }

  /// The logits where the session keeps them, for the time until the next call.
  var logitsValues: UnsafeMutableBufferPointer<Float> {
    logitsBuffer.values(of: Float.self, count: model.shape.vocabularySize)
  }

  private func check(_ tokens: [Int]) throws(InferenceError) {
    let (needed, overflow) = position.addingReportingOverflow(tokens.count)
    guard !overflow, needed <= contextTokens else {
      throw .contextFull(contextTokens: contextTokens, neededTokens: needed)
    }
    for token in tokens where token < 0 || token >= model.shape.vocabularySize {
      throw .tokenOutOfRange(token: token, vocabularySize: model.shape.vocabularySize)
    }
  }

  private func run(
    _ tokens: ArraySlice<Int>, at position: Int, logits: UnsafeMutableBufferPointer<Float>?,
    _ cancellation: Cancellation?
  ) throws(InferenceError) {
    let pass = ForwardPass(
      model: model, kernels: kernels, team: team, cache: cache, scratch: scratch, frequencies: frequencies,
      tokens: tokens, position: position, convolutionHalf: convolutionHalf, cancellation: cancellation)
    do { try pass.run(logits: logits) } catch { throw .cancelled }
    if let place = pass.broken(logits: logits) {
      throw model.firstNotFinite() ?? .overflow(token: tokens[tokens.startIndex + place])
    }
    convolutionHalf = 1 - convolutionHalf
  }
}
