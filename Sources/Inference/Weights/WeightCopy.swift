import Kernels
import ModelFiles
import Synchronization
import TensorFormats

/// A copy of a file's matrices in memory of their own, which lies in huge pages where the system has them: decoding reads all
/// weights for every token, and the translation of a file's small pages costs it a tenth of its speed and more.
///
/// Matrices that the kernels multiply faster as strips are woven on the way.
///
/// The team's threads copy pieces of 4 MiB as they get to them, and so are first to touch them: on a machine with several memory
/// nodes the weights lie on the nodes of the threads that will read them, in pieces.
final class WeightCopy {
  /// What one piece of the copying takes.
  private static let pieceBytes = 4 << 20

  let kernels: KernelSet
  private let buffer: AlignedBuffer
  private var used = 0
  private var places: [String: WeightMatrix] = [:]
  private var sources: [Source] = []

  /// How long the copying took; 0 before it is done.
  private(set) var seconds = 0.0

  /// Reserves room for tensors of `byteCount` bytes in `tensors` pieces; memory is taken as it is filled.
  init(byteCount: Int, tensors: Int, kernels: KernelSet) throws(InferenceError) {
    self.kernels = kernels
    do { buffer = try AlignedBuffer(byteCount: byteCount + 64 * tensors) } catch {
      throw .allocationFailed(purpose: "weights", bytes: byteCount)
    }
  }

  /// Where a tensor will be once `run` has copied it; nil when its bytes are not those of a matrix.
  ///
  /// Parts of it are matrices that begin at multiples of `partRows` rows.
  func place(_ tensor: TensorDescription, of file: GGUFFile, partRows: Int) -> WeightMatrix? {
    if let place = places[tensor.name] { return place }
    precondition(used + tensor.byteCount <= buffer.bytes.count, "every tensor has a place once")
    let layout = kernels.layout(for: tensor.format, rows: partRows)
    guard
      let place = WeightMatrix(
        format: tensor.format, rows: tensor.rows, columns: tensor.columns,
        bytes: UnsafeRawBufferPointer(rebasing: buffer.bytes[used..<used + tensor.byteCount]), layout: layout)
    else { return nil }
    places[tensor.name] = place
    sources.append(
      Source(
        file: file.files[tensor.fileIndex], begin: tensor.byteOffset, byteCount: tensor.byteCount, target: used,
        woven: layout == .strips ? Woven(format: tensor.format, columns: tensor.columns) : nil))
    used += (tensor.byteCount + 63) & ~63
    return place
  }

  /// The copy of a tensor; nil when it was not asked for.
  func matrix(_ name: String) -> WeightMatrix? { places[name] }

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
          if !piece.copy(into: place) { failed.store(true, ordering: .relaxed) }
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
  /// The rows of a matrix that become strips.
  private struct Woven {
    let format: TensorFormat
    let columns: Int

    var stripBytes: Int { KernelSet.stripRows * (format.byteCount(values: columns) ?? 0) }
  }

  /// Bytes of a file and where they go.
  private struct Source {
    let file: MappedFile
    let begin: Int
    let byteCount: Int
    let target: Int
    /// nil when the bytes are copied as they are.
    let woven: Woven?

    /// What is read before it is woven: little enough for the second-level cache.
    private static let runBytes = 256 << 10

    func pieces(of size: Int) -> [Source] {
      let step = woven.map { max(1, size / $0.stripBytes) * $0.stripBytes } ?? size
      return stride(from: 0, to: byteCount, by: step).map { at in
        Source(
          file: file, begin: begin + at, byteCount: min(step, byteCount - at), target: target + at, woven: woven)
      }
    }

    /// Writes the bytes to their place; false when the file has not got them.
    func copy(into place: UnsafeMutableRawBufferPointer) -> Bool {
      guard let woven else { return file.copy(from: begin, into: place) }
      let run = max(1, Self.runBytes / woven.stripBytes) * woven.stripBytes
      return withUnsafeTemporaryAllocation(byteCount: min(run, byteCount), alignment: 64) { scratch in
        for at in stride(from: 0, to: byteCount, by: run) {
          let rows = UnsafeMutableRawBufferPointer(rebasing: scratch[0..<min(run, byteCount - at)])
          guard file.copy(from: begin + at, into: rows) else { return false }
          KernelSet.weave(
            UnsafeRawBufferPointer(rows), format: woven.format, columns: woven.columns,
            into: UnsafeMutableRawBufferPointer(rebasing: place[at..<at + rows.count]))
        }
        return true
      }
    }
  }
}
