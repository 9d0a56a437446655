/// What `GraphWalker` finds in an ONNX file.
struct ONNXGraph {
  /// A stored tensor: an initializer, or the value of a constant.
  struct Stored {
    /// Where the values lie.
    enum Place: Hashable {
      case embedded(offset: Int)
      /// In another file, by its index in `ONNXGraph.externals`.
      case external(index: Int, offset: Int)
      /// The values are numbers of the message itself, or there are none.
      case fields(isEmpty: Bool)
    }

    var name: String
    /// The sizes, row length last.
    var shape: [Int]
    var type: ElementType
    var values: Int
    var byteCount: Int
    var place: Place
  }

  /// A tensor that a node uses as quantized weights.
  struct Quantized {
    var use: QuantizedUse
    /// The name of the tensor, and of its scales and zero points.
    var weight: String
    var companions: [String]
    /// The sizes of the matrix when the node states them: rows, then columns.
    var rows: Int?
    var columns: Int?
    var bits: Int?
    var groupSize: Int?
    var isSymmetric: Bool
  }

  var head = ONNXModel()
  var operators: [String: Int] = [:]
  var tensors: [Stored] = []
  var quantized: [Quantized] = []
  var inputs: [ONNXValue] = []
  var outputs: [ONNXValue] = []
  var externals: [ExternalFile] = []
  var subgraphCount = 0
  /// The window of each attention operator that has one, in tokens.
  var attentionWindows: [Int] = []
  var attentionCount = 0
  var notes: [String] = []
}
