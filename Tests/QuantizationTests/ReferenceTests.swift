import Quantization
import Testing

@Suite("Reference operations")
struct ReferenceTests {
  private func close(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 1e-12 }
  }

  @Test("RMS norm divides by the root of the mean square")
  func rmsNorm() {
    #expect(close(Reference.rmsNorm([3, 4, 0, 0], weight: [1, 2, 1, 1], epsilon: 0), [1.2, 3.2, 0, 0]))
    #expect(close(Reference.rmsNorm([0, 0], weight: [1, 1], epsilon: 1e-5), [0, 0]))
  }

  @Test("a quarter turn moves the first of a pair to the second, in both orders")
  func rope() {
    let angles = [Double.pi / 2, 0]
    #expect(close(Reference.rope([1, 2, 3, 4, 5], angles: angles, interleaved: true), [-2, 1, 3, 4, 5]))
    #expect(close(Reference.rope([1, 2, 3, 4, 5], angles: angles, interleaved: false), [-3, 2, 1, 4, 5]))
  }

  @Test("softmax is the same for shifted logits and sums to one")
  func softmax() {
    let probabilities = Reference.softmax([0, 1, 2])
    #expect(close(probabilities, Reference.softmax([1000, 1001, 1002])))
    #expect(abs(probabilities.reduce(0, +) - 1) < 1e-12)
    #expect(abs(probabilities[2] / probabilities[1] - 2.718281828459045) < 1e-12)
  }

  @Test("SiLU is zero at zero, nearly x above and nearly zero below")
  func silu() {
    #expect(Reference.silu(0) == 0)
    #expect(abs(Reference.silu(40) - 40) < 1e-12)
    #expect(abs(Reference.silu(-800)) < 1e-12)
  }

  @Test("attention to equal keys averages, to one dominant key copies")
  func attention() {
    let values = [[1.0, 2], [3, 4]]
    #expect(close(Reference.attention(query: [1, 1], keys: [[1, 0], [0, 1]], values: values, scale: 1), [2, 3]))
    #expect(close(Reference.attention(query: [1, 1], keys: [[99, 0], [0, 0]], values: values, scale: 9), [1, 2]))
  }
}
