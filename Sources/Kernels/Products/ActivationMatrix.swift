/// The activations of some tokens, as `KernelSet.quantizeActivations` wrote them: `tokens` of `columns` values each.
///
/// It refers to the bytes and does not own them.
package struct ActivationMatrix {
  package let format: ActivationFormat
  package let tokens: Int
  package let columns: Int
  /// Begins on a multiple of 64 bytes; token t at t * `tokenByteCount`.
  package let bytes: UnsafeMutableRawBufferPointer

  /// Bytes from one token to the next.
  package var tokenByteCount: Int { format.byteCount(columns: columns) }

  /// Takes the first `tokens * tokenByteCount` bytes of `bytes`, which must be there and begin on a multiple of 64.
  package init(format: ActivationFormat, tokens: Int, columns: Int, bytes: UnsafeMutableRawBufferPointer) {
    precondition(tokens >= 0 && columns > 0 && (!format.isInteger || columns.isMultiple(of: 32)))
    precondition(tokens * format.byteCount(columns: columns) <= bytes.count)
    precondition(UInt(bitPattern: bytes.baseAddress).isMultiple(of: 64))
    self.format = format
    self.tokens = tokens
    self.columns = columns
    self.bytes = bytes
  }
}
