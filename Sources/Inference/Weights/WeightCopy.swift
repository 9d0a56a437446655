import Kernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A copy of a file's matrices in memory of their own, which lies in huge pages where the system has them: decoding reads all
/// weights for every token, and the translation of a file's small pages costs it a tenth of its speed and more.
///
/// The team's threads copy pieces of 4 MiB as they get to them, and so are first to touch them: on a machine with several memory
/// nodes the weights lie on the nodes of the threads that will read them, in pieces.
final class WeightCopy {
  /// What one piece of the copying takes.
  private static let pieceBytes = 4 << 20

  private let buffer: AlignedBuffer
  private var used = 0
  private var places: [String: UnsafeRawBufferPointer] = [:]
  private var sources: [(from: UnsafeRawBufferPointer, offset: Int)] = []

  /// How long the copying took; 0 before it is done.
  private(set) var seconds = 0.0

  /// Reserves room for tensors of `byteCount` bytes in `tensors` pieces; memory is taken as it is filled.
  init(byteCount: Int, tensors: Int) throws(InferenceError) {
    do { buffer = try AlignedBuffer(byteCount: byteCount + 64 * tensors) } catch {
      throw .allocationFailed(purpose: "weights", bytes: byteCount)
    }
  }

  /// Where the tensor's bytes will be once `run` has copied them.
  func place(_ name: String, from source: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    if let place = places[name] { return place }
    precondition(used + source.count <= buffer.bytes.count, "every tensor has a place once")
    let place = UnsafeRawBufferPointer(rebasing: buffer.bytes[used..<used + source.count])
    places[name] = place
    sources.append((source, used))
    used += (source.count + 63) & ~63
    return place
  }

  /// The copy of a tensor; nil when it was not asked for.
  func bytes(of name: String) -> UnsafeRawBufferPointer? { places[name] }

  /// Copies everything that has a place, in parallel.
  ///
  /// Throws `cancelled` within a piece per thread.
  func run(_ team: ThreadTeam, cancellation: Cancellation?) throws(InferenceError) {
    let clock = ContinuousClock()
    let begin = clock.now
    var pieces: [(from: UnsafeRawBufferPointer, offset: Int)] = []
    for (from, offset) in sources {
      for begin in stride(from: 0, to: from.count, by: Self.pieceBytes) {
        let end = min(from.count, begin + Self.pieceBytes)
        pieces.append((UnsafeRawBufferPointer(rebasing: from[begin..<end]), offset + begin))
      }
    }
    let target = buffer.bytes
    do {
      try team.forEach(count: pieces.count, cancellation: cancellation) { range, _ in
        for piece in pieces[range] {
          Self.fetch(piece.from)
          UnsafeMutableRawBufferPointer(rebasing: target[piece.offset...]).copyMemory(from: piece.from)
        }
      }
    } catch { throw .cancelled }
    sources = []
    let passed = (clock.now - begin).components
    seconds = Double(passed.seconds) + Double(passed.attoseconds) * 1e-18
  }

  /// Asks for a piece of the file in one call instead of by a fault for every few pages.
  private static func fetch(_ bytes: UnsafeRawBufferPointer) {
    #if canImport(Glibc)
      let page = Int(getpagesize())
      let begin = Int(bitPattern: bytes.baseAddress) / page * page
      let end = Int(bitPattern: bytes.baseAddress) + bytes.count
      // 22 is MADV_POPULATE_READ (Linux 5.14); systems without it take the faults.
      _ = madvise(UnsafeMutableRawPointer(bitPattern: begin), end - begin, 22)
    #endif
  }
}
