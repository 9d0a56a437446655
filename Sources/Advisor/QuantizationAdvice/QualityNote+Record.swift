import Evidence
import Knowledge

extension QualityNote {
  /// What is published on a format.
  init(_ record: QuantizationRecord) {
    if record.weightBits == 16 {
      self.init(loss: .none, because: "The weights keep 16 bits.")
    } else if let figure = record.quality?.min(by: { $0.klDivergence < $1.klDivergence }) {
      let matrix = figure.withImportanceMatrix ? ", with an importance matrix" : ""
      func quantity(_ value: Double) -> Quantity { Quantity(value, evidence: .published, source: figure.source) }
      self.init(
        loss: Self.loss(divergence: figure.klDivergence), klDivergence: quantity(figure.klDivergence),
        perplexityIncrease: quantity(figure.perplexityIncrease),
        because: "Published for \(figure.model)\(matrix); other models differ, small ones lose more.")
    } else if let benchmark = record.benchmark {
      let kept = benchmark.score / benchmark.baseline
      self.init(
        loss: Self.loss(keptFraction: kept),
        scoreKeptFraction: Quantity(kept, evidence: .published, source: benchmark.source),
        because: """
          \(benchmark.name) of \(benchmark.model): \(NumberText.text(benchmark.score)) of \
          \(NumberText.text(benchmark.baseline)).
          """)
    } else if let error = record.relativeError?.min(by: { $0.fraction < $1.fraction }) {
      self.init(
        loss: error.fraction <= 0.02 ? .negligible : error.fraction <= 0.1 ? .small : .moderate,
        relativeErrorFraction: Quantity(error.fraction, evidence: .published, source: error.source),
        because: "Average relative error of \(error.model) with \(error.method).")
    } else {
      self.init(loss: .unknown, because: "Nothing is published for this format: compare it on text like yours.")
    }
  }

  static func loss(divergence: Double) -> Loss {
    switch divergence {
    case ..<0.01: .negligible
    case ..<0.05: .small
    case ..<0.15: .moderate
    case ..<0.5: .large
    default: .severe
    }
  }

  private static func loss(keptFraction: Double) -> Loss {
    switch keptFraction {
    case 0.99...: .negligible
    case 0.94...: .small
    case 0.85...: .moderate
    default: .large
    }
  }

  /// The points for, or against, a format with this loss.
  func points(_ goal: Situation.AccuracyGoal) -> Double {
    switch (goal, loss) {
    case (.highest, .none), (.highest, .negligible): 30
    case (.highest, .small): 5
    case (.highest, .moderate): -15
    case (.highest, .large), (.highest, .severe): -50
    case (.highest, .unknown): 0
    case (.balanced, .none), (.balanced, .negligible): 20
    case (.balanced, .small): 18
    case (.balanced, .moderate): 0
    case (.balanced, .large): -25
    case (.balanced, .severe): -50
    case (.balanced, .unknown): 6
    case (.smallest, .none), (.smallest, .negligible): 6
    case (.smallest, .small), (.smallest, .moderate): 6
    case (.smallest, .large): -25
    case (.smallest, .severe): -50
    case (.smallest, .unknown): 0
    }
  }
}
