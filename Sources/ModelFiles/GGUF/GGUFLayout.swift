package import TensorFormats

/// What a GGUF file is to hold: its metadata and its tensors, and where everything will lie.
package struct GGUFLayout: Sendable, Hashable {
  /// A metadata pair.
  package struct Pair: Sendable, Hashable {
    package var key: String
    package var value: GGUFValue

    package init(_ key: String, _ value: GGUFValue) {
      self.key = key
      self.value = value
    }
  }

  /// A tensor without its bytes.
  package struct Tensor: Sendable, Hashable {
    package let name: String
    /// Row length first, as in the file.
    package let shape: [Int]
    package let format: TensorFormat
    /// The bytes of all values.
    package let byteCount: Int

    /// Throws when rows do not fill whole blocks, or when the size passes any file's.
    package init(_ name: String, _ shape: [Int], _ format: TensorFormat) throws(ModelFileError) {
      var values = 1
      var isCountable = !shape.isEmpty && shape.allSatisfy { $0 > 0 }
      for size in shape {
        let (product, overflow) = values.multipliedReportingOverflow(by: size)
        isCountable = isCountable && !overflow
        values = product
      }
      guard isCountable, shape[0].isMultiple(of: format.valuesPerBlock),
        let bytes = format.byteCount(values: values), bytes < 1 << 56
      else {
        throw ModelFileError(
          .malformed,
          "The tensor '\(name)' of \(shape.map(String.init).joined(separator: " x ")) values cannot be stored in "
            + "\(format): rows must be positive multiples of \(format.valuesPerBlock), and all of it less than 2^56 bytes."
        )
      }
      self.name = name
      self.shape = shape
      self.format = format
      byteCount = bytes
    }
  }

  /// Every tensor starts at a multiple of this many bytes.
  package static let alignment = 32

  package var pairs: [Pair]
  package var tensors: [Tensor]

  package init(pairs: [Pair], tensors: [Tensor]) {
    self.pairs = pairs
    self.tensors = tensors
  }

  /// The bytes of the tensors without padding.
  package var weightBytes: Int { tensors.reduce(0) { $0 &+ $1.byteCount } }

  /// Where each tensor starts, from the beginning of the data.
  package var offsets: [Int] {
    var offset = 0
    return tensors.map { tensor in
      defer { offset += Self.padded(tensor.byteCount) }
      return offset
    }
  }

  /// The bytes of the data, padding included.
  package var dataBytes: Int { tensors.reduce(0) { $0 &+ Self.padded($1.byteCount) } }

  /// Everything before the data, padded: magic, version, metadata and the table of tensors.
  package func header() -> [UInt8] {
    var bytes = Array("GGUF".utf8)
    bytes.append(littleEndian: UInt32(3))
    bytes.append(littleEndian: UInt64(tensors.count))
    bytes.append(littleEndian: UInt64(pairs.count))
    for pair in pairs {
      bytes.append(text: pair.key)
      bytes.append(littleEndian: pair.value.type.rawValue)
      pair.value.append(to: &bytes)
    }
    for (tensor, offset) in zip(tensors, offsets) {
      bytes.append(text: tensor.name)
      bytes.append(littleEndian: UInt32(tensor.shape.count))
      for size in tensor.shape { bytes.append(littleEndian: UInt64(size)) }
      bytes.append(littleEndian: tensor.format.id)
      bytes.append(littleEndian: UInt64(offset))
    }
    bytes += [UInt8](repeating: 0, count: Self.padded(bytes.count) - bytes.count)
    return bytes
  }

  static func padded(_ count: Int) -> Int { (count + alignment - 1) & ~(alignment - 1) }
}
