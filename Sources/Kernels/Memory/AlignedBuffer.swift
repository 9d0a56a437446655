#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Zeroed memory of its own pages, given back to the system as soon as the buffer ends.
///
/// Pages are taken on first touch. On Linux large buffers ask for huge pages, which spares address translation.
package struct AlignedBuffer: ~Copyable {
  /// All bytes; begins on a page.
  package let bytes: UnsafeMutableRawBufferPointer

  /// Reserves `byteCount` bytes, at least one page.
  ///
  /// - Throws: `OutOfMemory` when the count is negative or the system refuses.
  package init(byteCount: Int) throws(OutOfMemory) {
    let page = Int(getpagesize())
    guard byteCount >= 0, byteCount <= Int.max - page else { throw OutOfMemory(byteCount: byteCount) }
    let size = (max(byteCount, 1) + page - 1) / page * page
    #if canImport(Glibc)
      let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    #else
      let flags = MAP_PRIVATE | MAP_ANON
    #endif
    guard let base = mmap(nil, size, PROT_READ | PROT_WRITE, flags, -1, 0), base != MAP_FAILED else {
      throw OutOfMemory(byteCount: byteCount)
    }
    #if canImport(Glibc)
      if size >= 4 << 20 { madvise(base, size, Int32(MADV_HUGEPAGE)) }
    #endif
    bytes = UnsafeMutableRawBufferPointer(start: base, count: size)
  }

  /// The first `count` values of type `Value`, a trivial type, of the buffer.
  package func values<Value: BitwiseCopyable>(of type: Value.Type, count: Int) -> UnsafeMutableBufferPointer<Value> {
    precondition(count >= 0 && count <= bytes.count / MemoryLayout<Value>.stride)
    return UnsafeMutableBufferPointer(rebasing: bytes.bindMemory(to: type)[0..<count])
  }

  deinit {
    munmap(bytes.baseAddress, bytes.count)
  }
}

/// The system refused memory.
package struct OutOfMemory: Error, Hashable, CustomStringConvertible {
  package let byteCount: Int

  package init(byteCount: Int) {
    self.byteCount = byteCount
  }

  package var description: String { "the system refused \(byteCount) bytes of memory" }
}
