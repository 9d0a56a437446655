/// The computation that a model file spells out as a graph of operators (ONNX, OpenVINO IR).
package struct GraphDescription: Hashable, Sendable, Codable {
  /// How often one operator is used.
  package struct Operator: Hashable, Sendable, Codable {
    /// The domain and the type, such as `com.microsoft::MatMulNBits`; the type alone for the format's own operators.
    package var name: String
    package var count: Int

    package init(name: String, count: Int) {
      self.name = name
      self.count = count
    }
  }

  /// A version of the operators of one domain.
  package struct OperatorSet: Hashable, Sendable, Codable {
    /// The domain; `ai.onnx` for those of ONNX itself.
    package var domain: String
    package var version: Int

    package init(domain: String, version: Int) {
      self.domain = domain
      self.version = version
    }
  }

  /// The program that wrote the file, with its version.
  package var producer: String?
  /// The version of the file format.
  package var formatVersion: Int?
  package var operatorSets: [OperatorSet] = []
  /// The operators of the graph and the graphs inside it, most used first, at most 256.
  package var operators: [Operator] = []
  /// All nodes, with those of the graphs inside it.
  package var nodeCount: Int = 0
  /// The graphs inside it: branches, loop bodies and functions.
  package var subgraphCount: Int = 0
  package var inputs: [String] = []
  package var outputs: [String] = []
  /// The variables that keep their value from one call to the next, as a KV cache inside the model does.
  package var stateCount: Int = 0

  package init() {}

  mutating func setOperators(_ counts: [String: Int]) {
    operators = counts.map { Operator(name: $0.key, count: $0.value) }
      .sorted { ($0.count, $1.name) > ($1.count, $0.name) }
    operators = Array(operators.prefix(256))
    nodeCount = counts.values.reduce(0, +)
  }
}
