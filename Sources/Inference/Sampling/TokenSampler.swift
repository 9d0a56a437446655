#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Chooses tokens one after the other; the same options and logits give the same tokens on every machine.
package struct TokenSampler: Sendable {
  package let options: SamplingOptions
  private var random: RandomBits

  /// Throws `badOption` when an option is outside its range.
  package init(_ options: SamplingOptions) throws(SamplingError) {
    try options.validate()
    self.options = options
    random = RandomBits(seed: options.seed)
  }

  /// Chooses the token that follows.
  ///
  /// Throws `badLogit` for NaN and positive infinity, and `nothingPossible`.
  package mutating func next(_ logits: some Collection<Float>) throws(SamplingError) -> Int {
    if options.temperature == 0 { return try Self.mostLikely(logits).token }
    let candidates = try Self.distribution(logits, options)
    // 53 random bits are the precision of the sum.
    var left = Double(random.next() >> 11) * 0x1p-53
    for candidate in candidates {
      left -= candidate.probability
      if left < 0 { return candidate.token }
    }
    // Rounding may leave the sum a little below 1.
    return candidates[candidates.count - 1].token
  }

  /// Chooses the token that follows what `session` has read, without a copy of its logits.
  ///
  /// Throws like `next(_:)`.
  package mutating func next(after session: Session) throws(SamplingError) -> Int {
    try next(UnsafeBufferPointer(session.logitsValues))
  }

  /// The tokens that may follow with their probabilities, the most likely first; never empty.
  package static func distribution(
    _ logits: some Collection<Float>, _ options: SamplingOptions
  ) throws(SamplingError) -> [TokenCandidate] {
    try options.validate()
    let best = try mostLikely(logits)
    guard options.temperature > 0 else { return [best] }
    var candidates = CandidateSelection.mostLikely(logits, count: options.topK)
    if options.topP < 1 {
      normalize(&candidates, temperature: 1)
      var sum = 0.0
      let last = candidates.firstIndex { candidate in
        sum += candidate.probability
        return sum >= options.topP
      }
      candidates.removeSubrange(((last ?? candidates.count - 1) + 1)...)
    }
    if options.minP > 0 {
      let least = candidates[0].logit + log(options.minP)
      candidates.removeSubrange((candidates.firstIndex { $0.logit < least } ?? candidates.count)...)
    }
    normalize(&candidates, temperature: options.temperature)
    return candidates
  }

  /// The token with the largest logit, the first of equals, with probability 1.
  private static func mostLikely(_ logits: some Collection<Float>) throws(SamplingError) -> TokenCandidate {
    var best: (token: Int, logit: Float)?
    for (token, logit) in logits.enumerated() {
      guard logit < .infinity else { throw .badLogit(token: token, value: "\(logit)") }
      if logit > best?.logit ?? -.infinity { best = (token, logit) }
    }
    guard let best else { throw .nothingPossible }
    return TokenCandidate(token: best.token, logit: Double(best.logit), probability: 1)
  }

  /// Softmax of the logits over `temperature`, in double precision and stable for any finite logits.
  private static func normalize(_ candidates: inout [TokenCandidate], temperature: Double) {
    let top = candidates[0].logit
    var sum = 0.0
    for index in candidates.indices {
      candidates[index].probability = exp((candidates[index].logit - top) / temperature)
      sum += candidates[index].probability
    }
    for index in candidates.indices { candidates[index].probability /= sum }
  }
}

extension SamplingOptions {
  /// Throws `badOption` for the first option that is outside its range.
  package func validate() throws(SamplingError) {
    guard temperature >= 0, temperature <= 100 else {
      throw .badOption(name: "temperature", expected: "0 to 100", found: "\(temperature)")
    }
    guard topK >= 0 else { throw .badOption(name: "topK", expected: "0 or more", found: "\(topK)") }
    guard topP > 0, topP <= 1 else {
      throw .badOption(name: "topP", expected: "above 0, at most 1", found: "\(topP)")
    }
    guard minP >= 0, minP <= 1 else { throw .badOption(name: "minP", expected: "0 to 1", found: "\(minP)") }
  }
}
