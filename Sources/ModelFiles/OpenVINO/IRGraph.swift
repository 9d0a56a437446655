/// What `IRBuilder` finds in the XML file of an OpenVINO model.
struct IRGraph {
  /// A constant, whose values lie in the `.bin` file.
  struct Constant {
    var name: String
    var type: ElementType
    /// The sizes, row length last.
    var shape: [Int]
    var values: Int
    var offset: Int
    var byteCount: Int
    /// The compressed weights that these scales or zero points belong to, by index.
    var owner: Int?
    /// For compressed weights: whether zero points are subtracted.
    var hasZeroPoints = false
    /// For compressed weights: whether they are multiplied with scales.
    var hasScales = false
  }

  var name: String?
  var version: Int?
  var operators: [String: Int] = [:]
  var constants: [Constant] = []
  var inputs: [GraphPort] = []
  var outputs: [GraphPort] = []
  /// The variables that keep their value between calls (`ReadValue`).
  var variables: [GraphPort] = []
  var subgraphCount = 0
  /// The run-time information of the model by path, such as `nncf.weight_compression.mode`.
  var information: [String: String] = [:]
}
