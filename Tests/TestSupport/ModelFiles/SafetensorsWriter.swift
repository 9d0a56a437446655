/// Writes safetensors files for tests: valid ones and, by the overrides, broken ones.
package struct SafetensorsWriter {
  /// A tensor; `range` replaces the place that the writer would give it.
  package struct Tensor {
    package var name: String
    package var type: String
    package var shape: [Int]
    package var byteCount: Int
    package var range: (start: Int, end: Int)?
    /// Replaces the whole entry of the header.
    package var entry: String?

    package init(
      _ name: String, _ type: String, _ shape: [Int], range: (start: Int, end: Int)? = nil, entry: String? = nil
    ) {
      self.name = name
      self.type = type
      self.shape = shape
      self.range = range
      self.entry = entry
      let bits = Self.bits[type] ?? 8
      byteCount = shape.reduce(1, *) * bits / 8
    }

    private static let bits: [String: Int] = [
      "F4": 4, "U8": 8, "I8": 8, "BOOL": 8, "F8_E4M3": 8, "F16": 16, "BF16": 16, "F32": 32, "I32": 32, "U32": 32,
      "I64": 64,
    ]
  }

  package var metadata: [(key: String, value: String)] = []
  package var tensors: [Tensor] = []
  /// Replaces the true length of the header.
  package var headerLength: UInt64?
  /// Replaces the header's text.
  package var header: String?
  /// Follows the tensors.
  package var trailing: [UInt8] = []

  package init(_ tensors: [Tensor] = [], metadata: [(key: String, value: String)] = []) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// The text of the header.
  package var text: String {
    if let header { return header }
    var entries: [String] = []
    if !metadata.isEmpty {
      entries.append(
        "\"__metadata__\":{" + metadata.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",") + "}")
    }
    var offset = 0
    for tensor in tensors {
      let range = tensor.range ?? (offset, offset + tensor.byteCount)
      let shape = tensor.shape.map { "\($0)" }.joined(separator: ",")
      entries.append(
        "\"\(tensor.name)\":"
          + (tensor.entry
            ?? "{\"dtype\":\"\(tensor.type)\",\"shape\":[\(shape)],\"data_offsets\":[\(range.start),\(range.end)]}"))
      offset += tensor.byteCount
    }
    return "{" + entries.joined(separator: ",") + "}"
  }

  /// Builds the file.
  package func bytes() -> [UInt8] {
    let header = Array(text.utf8)
    var output = withUnsafeBytes(of: (headerLength ?? UInt64(header.count)).littleEndian) { Array($0) }
    output += header
    output += Array(repeating: 0x3f, count: tensors.reduce(0) { $0 + $1.byteCount })
    return output + trailing
  }

  /// The byte of the file at which `text` of the header starts, or -1.
  package func place(_ text: String) -> Int {
    let header = Array(self.text.utf8)
    let wanted = Array(text.utf8)
    guard header.count >= wanted.count else { return -1 }
    let found = (0...header.count - wanted.count).first { header[$0..<$0 + wanted.count].elementsEqual(wanted) }
    return found.map { 8 + $0 } ?? -1
  }

  /// A valid file of some hundred bytes.
  package static var small: SafetensorsWriter {
    SafetensorsWriter(
      [
        Tensor("model.embed_tokens.weight", "BF16", [8, 4]), Tensor("model.norm.weight", "F32", [4]),
        Tensor("scale", "F16", []),
      ], metadata: [("format", "pt")])
  }
}
