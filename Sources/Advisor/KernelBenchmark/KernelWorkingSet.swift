import Kernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Bytes that stand for weights and for a KV cache, many times what the caches hold.
///
/// The byte 0x35 makes ordinary numbers of every format's scales (0.32 in f16, 6.7e-7 in f32), so that no kernel meets
/// infinities or denormal numbers, which are slow on some processors.
struct KernelWorkingSet: ~Copyable {
  private let buffer: AlignedBuffer

  init(byteCount: Int, team: ThreadTeam, cancellation: Cancellation) throws {
    let buffer = try AlignedBuffer(byteCount: byteCount)
    let bytes = buffer.bytes
    let piece = 1 << 20
    try team.forEach(count: (bytes.count + piece - 1) / piece, cancellation: cancellation) { range, _ in
      for index in range {
        // memset, because the standard library's generic loop is slow where it is not optimized.
        if let base = bytes.baseAddress { memset(base + index * piece, 0x35, min(piece, bytes.count - index * piece)) }
      }
    }
    self.buffer = buffer
  }

  var bytes: UnsafeMutableRawBufferPointer { buffer.bytes }
}
