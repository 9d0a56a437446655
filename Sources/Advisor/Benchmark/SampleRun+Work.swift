import Benchmarking
import Evidence

extension SampleRun {
  /// Work per second, when each sample is the seconds that `work` took.
  func scaled(_ work: Double, _ source: String) -> Quantity {
    guard let statistics, statistics.median > 0 else {
      return Quantity(0, evidence: .measured, samples: 0, source: source + "; no sample could be taken")
    }
    let slow = statistics.medianInterval?.high ?? statistics.maximum
    let fast = statistics.medianInterval?.low ?? statistics.minimum
    return Quantity(
      work / statistics.median, low: work / slow, high: work / fast, evidence: .measured, samples: statistics.count,
      source: source)
  }
}
