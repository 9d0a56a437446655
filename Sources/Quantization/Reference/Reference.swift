#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The operations of a transformer in plain double precision: what the kernels must compute, but for rounding.
package enum Reference {
  /// Σ a[i] * b[i].
  package static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// x[i] * weight[i] / sqrt(mean(x²) + epsilon).
  package static func rmsNorm(_ x: [Double], weight: [Double], epsilon: Double) -> [Double] {
    let scale = 1 / (dot(x, x) / Double(x.count) + epsilon).squareRoot()
    return zip(x, weight).map { $0 * scale * $1 }
  }

  /// Rotates the pairs of one head by `angles`; values beyond the pairs stay.
  package static func rope(_ head: [Double], angles: [Double], interleaved: Bool) -> [Double] {
    var out = head
    for (i, angle) in angles.enumerated() {
      let (first, second) = interleaved ? (2 * i, 2 * i + 1) : (i, i + angles.count)
      out[first] = head[first] * cos(angle) - head[second] * sin(angle)
      out[second] = head[first] * sin(angle) + head[second] * cos(angle)
    }
    return out
  }

  /// x / (1 + e^-x).
  package static func silu(_ x: Double) -> Double { x / (1 + exp(-x)) }

  /// e^x[i] / Σ e^x[j], by differences to the largest.
  package static func softmax(_ x: [Double]) -> [Double] {
    let largest = x.max() ?? 0
    let powers = x.map { exp($0 - largest) }
    let total = powers.reduce(0, +)
    return powers.map { $0 / total }
  }

  /// Σ e^s[p] * values[p] / (Σ e^s[p] + e^sink), s[p] = scale * query·keys[p], squeezed into `softCap` either side of zero
  /// when that is above 0.
  package static func attention(
    query: [Double], keys: [[Double]], values: [[Double]], scale: Double, softCap: Double = 0, sink: Double? = nil
  ) -> [Double] {
    var scores = keys.map { scale * dot(query, $0) }
    if softCap > 0 { scores = scores.map { softCap * tanh($0 / softCap) } }
    if let sink { scores.append(sink) }
    let weights = softmax(scores)
    return query.indices.map { i in zip(weights, values).reduce(0) { $0 + $1.0 * $1.1[i] } }
  }
}
