#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The Kullback-Leibler divergence of the distribution that `logits` mean from that of `expected`, in nats.
func divergence(_ expected: [Double], _ logits: [Float]) -> Double {
  guard expected.count == logits.count else { return .infinity }
  func logarithms(_ values: [Double]) -> [Double] {
    let largest = values.max() ?? 0
    let total = log(values.reduce(0) { $0 + exp($1 - largest) })
    return values.map { $0 - largest - total }
  }
  let (p, q) = (logarithms(expected), logarithms(logits.map(Double.init)))
  let sum = zip(p, q).reduce(0) { $0 + exp($1.0) * ($1.0 - $1.1) }
  return sum.isNaN ? .infinity : sum
}
