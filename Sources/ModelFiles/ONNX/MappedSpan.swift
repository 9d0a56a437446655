import SwiftProtobuf

/// A part of a mapped file that swift-protobuf decodes in place.
struct MappedSpan: SwiftProtobufContiguousBytes {
  private let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Part of the protocol; nothing here is ever encoded, and the bytes are never kept.
  init(repeating: UInt8, count: Int) { bytes = UnsafeRawBufferPointer(start: nil, count: 0) }

  /// Part of the protocol; see above.
  init<S: Sequence>(_ sequence: S) where S.Element == UInt8 { bytes = UnsafeRawBufferPointer(start: nil, count: 0) }

  var count: Int { bytes.count }

  func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R { try body(bytes) }

  /// Part of the protocol; the mapping cannot be written, so there is nothing to give.
  mutating func withUnsafeMutableBytes<R>(_ body: (UnsafeMutableRawBufferPointer) throws -> R) rethrows -> R {
    try body(UnsafeMutableRawBufferPointer(start: nil, count: 0))
  }
}
