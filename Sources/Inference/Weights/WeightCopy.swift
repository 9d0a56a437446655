import Kernels
import ModelFiles
import Synchronization

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
  private var sources: [Source] = []

  /// How long the copying took; 0 before it is done.
  private(set) var seconds = 0.0

  /// Reserves room for tensors of `byteCount` bytes in `tensors` pieces; memory is taken as it is filled.
  init(byteCount: Int, tensors: Int) throws(InferenceError) {
    do { buffer = try AlignedBuffer(byteCount: byteCount + 64 * tensors) } catch {
      throw .allocationFailed(purpose: "weights", bytes: byteCount)
    }
  }

  /// Where the tensor's bytes will be once `run` has copied them.
  func place(_ tensor: TensorDescription, of file: GGUFFile) -> UnsafeRawBufferPointer {
    if let place = places[tensor.name] { return place }
    precondition(used + tensor.byteCount <= buffer.bytes.count, "every tensor has a place once")
    let place = UnsafeRawBufferPointer(rebasing: buffer.bytes[used..<used + tensor.byteCount])
    places[tensor.name] = place
    sources.append(
      Source(file: file.files[tensor.fileIndex], begin: tensor.byteOffset, byteCount: tensor.byteCount, target: used))
    used += (tensor.byteCount + 63) & ~63
    return place
  }

  /// The copy of a tensor; nil when it was not asked for.
  func bytes(of name: String) -> UnsafeRawBufferPointer? { places[name] }

  /// Copies everything that has a place, in parallel.
  ///
  /// Throws `cancelled` within a piece per thread, and `unreadable` when the system could not read a piece.
  func run(_ team: ThreadTeam, cancellation: Cancellation?) throws(InferenceError) {
    let clock = ContinuousClock()
    let begin = clock.now
    let pieces = sources.flatMap { $0.pieces(of: Self.pieceBytes) }
    let target = buffer.bytes
    let failed = Atomic<Bool>(false)
    do {
      try team.forEach(count: pieces.count, cancellation: cancellation) { range, _ in
        for piece in pieces[range] {
          let place = UnsafeMutableRawBufferPointer(rebasing: target[piece.target..<piece.target + piece.byteCount])
          if !piece.file.copy(from: piece.begin, into: place) { failed.store(true, ordering: .relaxed) }
        }
      }
    } catch { throw .cancelled }
    if failed.load(ordering: .relaxed) {
      throw .unreadable("the file could not be read to its end; it may have changed: copy or download it again")
    }
    sources = []
    let passed = (clock.now - begin).components
    seconds = Double(passed.seconds) + Double(passed.attoseconds) * 1e-18
  }
}

extension WeightCopy {
  /// Bytes of a file and where they go.
  private struct Source {
    let file: MappedFile
    let begin: Int
    let byteCount: Int
    let target: Int

    func pieces(of size: Int) -> [Source] {
      stride(from: 0, to: byteCount, by: size).map { at in
        Source(file: file, begin: begin + at, byteCount: min(size, byteCount - at), target: target + at)
      }
    }
  }
}
