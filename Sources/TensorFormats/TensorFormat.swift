/// A numeric format in which a model file stores the values of a tensor.
///
/// Values are stored in blocks along a row: `valuesPerBlock` consecutive values take `bytesPerBlock` bytes. The ids are
/// the type numbers of GGUF files; names are those that llama.cpp prints, in capitals.
/// Source: the size table of the `gguf` package 0.19.0 and the block structs of ggml.
package struct TensorFormat: Hashable, Sendable {
  /// The GGUF type number.
  package let id: UInt32
  /// The name as the field writes it, such as `Q4_K`.
  package let name: String
  package let valuesPerBlock: Int
  package let bytesPerBlock: Int

  package init(id: UInt32, name: String, valuesPerBlock: Int, bytesPerBlock: Int) {
    self.id = id
    self.name = name
    self.valuesPerBlock = valuesPerBlock
    self.bytesPerBlock = bytesPerBlock
  }

  /// Storage cost of one value, block scales included.
  package var bitsPerValue: Double { Double(bytesPerBlock) * 8 / Double(valuesPerBlock) }

  /// The bytes of `values` consecutive values, or nil when they do not fill whole blocks or the count overflows.
  package func byteCount(values: Int) -> Int? {
    guard values >= 0, values.isMultiple(of: valuesPerBlock) else { return nil }
    let (bytes, overflow) = (values / valuesPerBlock).multipliedReportingOverflow(by: bytesPerBlock)
    return overflow ? nil : bytes
  }

  /// Finds a format by its GGUF type number.
  package init?(id: UInt32) {
    guard let format = Self.all.first(where: { $0.id == id }) else { return nil }
    self = format
  }

  /// Finds a format by name, in any letter case.
  package init?(name: String) {
    let name = name.uppercased()
    guard let format = Self.all.first(where: { $0.name == name }) else { return nil }
    self = format
  }
}

extension TensorFormat: CustomStringConvertible {
  package var description: String { name }
}
