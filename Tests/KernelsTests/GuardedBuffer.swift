#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Memory that ends where an unreadable page begins, so that reading or writing one byte too far ends the test.
struct GuardedBuffer: ~Copyable {
  let bytes: UnsafeMutableRawBufferPointer
  private let mapping: UnsafeMutableRawBufferPointer

  struct Refused: Error {}

  /// The last `byteCount` bytes before the unreadable page, zeroed; they begin on a multiple of 64 when the count is one.
  init(byteCount: Int) throws {
    let page = Int(getpagesize())
    let readable = (byteCount + page - 1) / page * page
    guard
      let base = mmap(nil, readable + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | Int32(MAP_ANONYMOUS), -1, 0),
      base != MAP_FAILED, mprotect(base + readable, page, PROT_NONE) == 0
    else { throw Refused() }
    mapping = UnsafeMutableRawBufferPointer(start: base, count: readable + page)
    bytes = UnsafeMutableRawBufferPointer(start: base + readable - byteCount, count: byteCount)
  }

  init(_ contents: [UInt8]) throws {
    try self.init(byteCount: contents.count)
    bytes.copyBytes(from: contents)
  }

  init<Value: BitwiseCopyable>(of contents: [Value]) throws {
    try self.init(byteCount: contents.count * MemoryLayout<Value>.stride)
    contents.withUnsafeBytes { bytes.copyMemory(from: $0) }
  }

  /// The contents as numbers of a trivial type.
  func values<Value: BitwiseCopyable>(of type: Value.Type) -> UnsafeMutableBufferPointer<Value> {
    bytes.bindMemory(to: type)
  }

  deinit {
    munmap(mapping.baseAddress, mapping.count)
  }
}
