package import TensorFormats

/// Writes GGUF files for tests: valid ones of either version and byte order, and, by the overrides, broken ones.
package struct GGUFWriter {
  /// A metadata value, with the type number that stands before it.
  package indirect enum Value {
    case uint8(UInt8)
    case int8(Int8)
    case uint16(UInt16)
    case int16(Int16)
    case uint32(UInt32)
    case int32(Int32)
    case float32(Float)
    case bool(Bool)
    case string(String)
    case uint64(UInt64)
    case int64(Int64)
    case float64(Double)
    /// Elements that must all have one type; the number is that type.
    case array(UInt32, [Value])
    /// An array of raw bytes under a count that need not be true.
    case rawArray(UInt32, count: UInt64, [UInt8])
    /// A type number with any bytes after it.
    case raw(UInt32, [UInt8])
  }

  /// A tensor; `offset` replaces the place that the writer would give it.
  package struct Tensor {
    package var name: String
    package var shape: [UInt64]
    package var format: UInt32
    package var bytes: [UInt8]
    package var offset: UInt64?

    package init(_ name: String, _ shape: [UInt64], format: UInt32, bytes: [UInt8], offset: UInt64? = nil) {
      self.name = name
      self.shape = shape
      self.format = format
      self.bytes = bytes
      self.offset = offset
    }

    /// A tensor of `format` whose bytes count up from `seed`.
    package init(_ name: String, _ shape: [Int], _ format: TensorFormat, seed: UInt8 = 0) {
      let size = format.byteCount(values: shape.reduce(1, *)) ?? 0
      self.init(
        name, shape.map(UInt64.init), format: format.id, bytes: (0..<size).map { UInt8(truncatingIfNeeded: $0) &+ seed }
      )
    }
  }

  package var magic = Array("GGUF".utf8)
  package var version: UInt32 = 3
  package var bigEndian = false
  package var metadata: [(key: String, value: Value)] = []
  package var tensors: [Tensor] = []
  /// The step between tensors; also write `general.alignment` when it is not 32.
  package var alignment = 32
  /// Replaces the true number of tensors.
  package var tensorCount: UInt64?
  /// Replaces the true number of metadata pairs.
  package var pairCount: UInt64?

  /// Where things stand in the file: `pair:<key>`, `tensor:<name>`, `dimensions:<name>`, `format:<name>`,
  /// `offset:<name>`, `tensorCount`, `pairCount`, `data`; `#2` follows where a name stands for the second time.
  package private(set) var marks: [String: Int] = [:]
  private var output: [UInt8] = []

  package init() {}

  /// Builds the file.
  package func bytes() -> [UInt8] { written().output }

  /// Builds the file and returns the place that `mark` names in it, or -1.
  package func place(_ mark: String) -> Int { written().marks[mark] ?? -1 }

  private func written() -> GGUFWriter {
    var writer = self
    writer.write()
    return writer
  }

  private mutating func write() {
    output = magic
    append(version)
    mark("tensorCount")
    append(tensorCount ?? UInt64(tensors.count))
    mark("pairCount")
    append(pairCount ?? UInt64(metadata.count))
    for pair in metadata {
      mark("pair:\(pair.key)")
      append(pair.key)
      append(typeNumber(pair.value))
      append(pair.value)
    }
    var offset: UInt64 = 0
    var places: [UInt64] = []
    for tensor in tensors {
      mark("tensor:\(tensor.name)")
      append(tensor.name)
      mark("dimensions:\(tensor.name)")
      append(UInt32(tensor.shape.count))
      for size in tensor.shape { append(size) }
      mark("format:\(tensor.name)")
      append(tensor.format)
      mark("offset:\(tensor.name)")
      append(tensor.offset ?? offset)
      places.append(offset)
      offset = padded(offset + UInt64(tensor.bytes.count))
    }
    guard !tensors.isEmpty else { return }
    let start = Int(padded(UInt64(output.count)))
    for (tensor, place) in zip(tensors, places) {
      output += Array(repeating: 0, count: start + Int(place) - output.count)
      if marks["data"] == nil { mark("data") }
      output += tensor.bytes
    }
  }

  private mutating func mark(_ name: String) { marks[marks[name] == nil ? name : name + "#2"] = output.count }

  private func padded(_ count: UInt64) -> UInt64 {
    let step = UInt64(alignment)
    return (count + step - 1) / step * step
  }

  private mutating func append(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: bigEndian ? number.bigEndian : number.littleEndian) { output += Array($0) }
  }

  private mutating func append(_ text: String) {
    append(UInt64(text.utf8.count))
    output += Array(text.utf8)
  }

  private mutating func append(_ value: Value) {
    switch value {
    case .uint8(let value): append(value)
    case .int8(let value): append(value)
    case .uint16(let value): append(value)
    case .int16(let value): append(value)
    case .uint32(let value): append(value)
    case .int32(let value): append(value)
    case .float32(let value): append(value.bitPattern)
    case .bool(let value): append(UInt8(value ? 1 : 0))
    case .string(let value): append(value)
    case .uint64(let value): append(value)
    case .int64(let value): append(value)
    case .float64(let value): append(value.bitPattern)
    case .array(let type, let elements):
      append(type)
      append(UInt64(elements.count))
      for element in elements { append(element) }
    case .rawArray(let type, let count, let bytes):
      append(type)
      append(count)
      output += bytes
    case .raw(_, let bytes): output += bytes
    }
  }

  private func typeNumber(_ value: Value) -> UInt32 {
    switch value {
    case .uint8: 0
    case .int8: 1
    case .uint16: 2
    case .int16: 3
    case .uint32: 4
    case .int32: 5
    case .float32: 6
    case .bool: 7
    case .string: 8
    case .array, .rawArray: 9
    case .uint64: 10
    case .int64: 11
    case .float64: 12
    case .raw(let type, _): type
    }
  }
}
