import Inference
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Sampling")
struct TokenSamplerTests {
  /// Probabilities 0.5, 0.25, 0.125, 0.125 in a scrambled order.
  static let logits: [Float] = [Float(log(0.125)), Float(log(0.5)), Float(log(0.125)), Float(log(0.25))]
  static let everything = SamplingOptions(temperature: 1, topK: 0, topP: 1, minP: 0)

  private func distribution(_ logits: [Float] = logits, _ change: (inout SamplingOptions) -> Void) throws -> [Int:
    Double]
  {
    var options = Self.everything
    change(&options)
    let candidates = try TokenSampler.distribution(logits, options)
    return Dictionary(uniqueKeysWithValues: candidates.map { ($0.token, $0.probability) })
  }

  private func expect(_ found: [Int: Double], _ wanted: [Int: Double]) {
    #expect(Set(found.keys) == Set(wanted.keys))
    for (token, probability) in wanted { #expect(abs((found[token] ?? 0) - probability) < 1e-7, "token \(token)") }
  }

  @Test("at temperature 0 takes the largest logit, the first of equals")
  func greedy() throws {
    var sampler = try TokenSampler(SamplingOptions())
    #expect(try sampler.next([0, 3, 1, 3]) == 1)
    #expect(try sampler.next([-.infinity, -5]) == 1)
    expect(try distribution { $0.temperature = 0 }, [1: 1])
  }

  @Test("keeps the distribution when every stage keeps all")
  func unchanged() throws {
    expect(try distribution { _ in }, [0: 0.125, 1: 0.5, 2: 0.125, 3: 0.25])
  }

  @Test("divides the logits by the temperature")
  func temperature() throws {
    // At one half the probabilities are squared: 1/4, 1/16, 1/64, 1/64, of a sum of 22/64.
    expect(try distribution { $0.temperature = 0.5 }, [0: 1 / 22.0, 1: 16 / 22.0, 2: 1 / 22.0, 3: 4 / 22.0])
  }

  @Test("keeps the k most likely, of equals the first")
  func topK() throws {
    expect(try distribution { $0.topK = 2 }, [1: 2 / 3.0, 3: 1 / 3.0])
    expect(try distribution { $0.topK = 3 }, [0: 1 / 7.0, 1: 4 / 7.0, 3: 2 / 7.0])
    expect(try distribution { $0.topK = 99 }, [0: 0.125, 1: 0.5, 2: 0.125, 3: 0.25])
  }

  @Test("keeps the fewest tokens that have the probability p")
  func topP() throws {
    expect(try distribution { $0.topP = 0.4 }, [1: 1])
    expect(try distribution { $0.topP = 0.7 }, [1: 2 / 3.0, 3: 1 / 3.0])
    expect(try distribution { $0.topP = 0.8 }, [0: 1 / 7.0, 1: 4 / 7.0, 3: 2 / 7.0])
  }

  @Test("keeps what is at least so likely as a part of the most likely")
  func minP() throws {
    expect(try distribution { $0.minP = 0.6 }, [1: 1])
    expect(try distribution { $0.minP = 0.4 }, [1: 2 / 3.0, 3: 1 / 3.0])
    expect(try distribution { $0.minP = 0.2 }, [0: 0.125, 1: 0.5, 2: 0.125, 3: 0.25])
  }

  @Test("runs top-k, top-p and min-p before the temperature")
  func order() throws {
    // After the temperature token 3 would have 16 % of the most likely, and token 1 alone 73 %.
    expect(
      try distribution {
        $0.temperature = 0.5
        $0.topP = 0.7
        $0.minP = 0.4
      }, [1: 0.8, 3: 0.2])
    // Top-k comes before top-p: of the two that are left the first has two thirds.
    expect(
      try distribution {
        $0.topK = 2
        $0.topP = 0.6
      }, [1: 1])
  }

  @Test("draws as often as the probabilities say", arguments: [1, 2, 3] as [UInt64])
  func frequencies(seed: UInt64) throws {
    var options = Self.everything
    options.seed = seed
    var sampler = try TokenSampler(options)
    var counts = [0, 0, 0, 0]
    let draws = 20_000
    for _ in 0..<draws { counts[try sampler.next(Self.logits)] += 1 }
    let wanted = [0.125, 0.5, 0.125, 0.25]
    let chiSquare = zip(counts, wanted).reduce(0) { sum, pair in
      let expected = Double(draws) * pair.1
      return sum + (Double(pair.0) - expected) * (Double(pair.0) - expected) / expected
    }
    // Three degrees of freedom: above 16.3 once in a thousand samplers; the seeds are fixed.
    #expect(chiSquare < 16.3, "\(counts)")
  }

  @Test("gives the same tokens for the same seed, and others for another")
  func seeds() throws {
    func draw(_ seed: UInt64) throws -> [Int] {
      var options = Self.everything
      options.seed = seed
      var sampler = try TokenSampler(options)
      return try (0..<64).map { _ in try sampler.next(Self.logits) }
    }
    #expect(try draw(7) == draw(7))
    #expect(try draw(7) != draw(8))
  }

  @Test("selects from a large vocabulary what sorting all of it would")
  func selection() throws {
    var random = SplitMix(state: 3)
    let logits = (0..<5000).map { _ in Float(random.next() % 900) / 100 }
    let sorted: [Int] = logits.enumerated().sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }.map(\.offset)
    for count in [1, 2, 40, 999, 4999] {
      var options = Self.everything
      options.topK = count
      #expect(try TokenSampler.distribution(logits, options).map(\.token) == Array(sorted.prefix(count)))
    }
  }

  @Test("refuses logits that are no numbers, and options outside their range")
  func bad() throws {
    var sampler = try TokenSampler(SamplingOptions())
    #expect(throws: SamplingError.badLogit(token: 1, value: "nan")) { try sampler.next([0, .nan, 1]) }
    #expect(throws: SamplingError.badLogit(token: 0, value: "inf")) { try sampler.next([.infinity]) }
    #expect(throws: SamplingError.nothingPossible) { try sampler.next([-.infinity, -.infinity]) }
    #expect(throws: SamplingError.nothingPossible) { try sampler.next([]) }
    for options in [
      SamplingOptions(temperature: .nan), SamplingOptions(temperature: -1), SamplingOptions(topK: -1),
      SamplingOptions(topP: 0), SamplingOptions(topP: 1.5), SamplingOptions(minP: 2),
    ] {
      #expect(throws: SamplingError.self) { try TokenSampler(options) }
    }
    // Logits as far apart as floats can be still have a distribution.
    expect(try distribution([.greatestFiniteMagnitude, -.greatestFiniteMagnitude]) { _ in }, [0: 1, 1: 0])
  }
}
