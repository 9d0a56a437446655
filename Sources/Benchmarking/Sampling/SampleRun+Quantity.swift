package import Evidence

extension SampleRun {
  /// The median with its interval as measured evidence; nil when nothing finite was sampled.
  package func quantity(source: String) -> Quantity? { statistics?.quantity(source: source) }
}

extension SampleStatistics {
  /// The median with its 80 % interval as measured evidence.
  ///
  /// Below four samples there is no interval of that coverage: the range stands in for it, and nothing for one sample.
  package func quantity(source: String) -> Quantity {
    Quantity(
      median, low: medianInterval?.low ?? (count > 1 ? minimum : nil),
      high: medianInterval?.high ?? (count > 1 ? maximum : nil), evidence: .measured, samples: count, source: source)
  }
}
