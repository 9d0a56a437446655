import Benchmarking
import Hardware
import Kernels
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What was lately found out about this machine, so that answers from a warm profile take no milliseconds.
enum HereMemory {
  /// This machine, and what its measurements hold for.
  struct Here: Sendable {
    let machine: MachineDescription
    let fingerprint: ProfileFingerprint
    /// What speeds it up or slows it down now.
    let condition: MachineCondition
    let kernels: KernelSet
    /// The processors' time at the look.
    let ticks: ProcessorTicks?
  }

  /// How long a look at what changes counts: memory, quotas, governors and load change while a server runs.
  private static let lookSeconds = 1.0

  /// What does not change while a process runs, looked at once.
  private static let lasting = Mutex<(machine: MachineDescription, kernels: KernelSet)?>(nil)
  private static let look = Mutex<(seconds: Double, here: Here)?>(nil)
  private static let files = Mutex<[String: (stamp: Stamp, content: ProfileStore.Content)]>([:])

  /// Tells versions of a file apart.
  private struct Stamp: Equatable {
    var seconds = 0
    var nanoseconds = 0
    var bytes: Int64 = -1
    var inode: UInt64 = 0
  }

  /// The machine as it is, or was a second ago.
  static func here(_ clock: MonotonicClock = .system) throws(Refusal) -> Here {
    let now = clock.nowSeconds()
    let last = look.withLock { $0 }
    let passed = last.map { now - $0.seconds } ?? 0
    if let last, (0..<lookSeconds).contains(passed) { return last.here }
    let (machine, kernels) = try looked()
    let ticks = ProcessorTicks()
    let here = Here(
      machine: machine, fingerprint: ProfileFingerprint(machine, tier: kernels.tier),
      condition: MachineCondition(machine, ticks: ticks, before: last?.here.ticks, seconds: passed), kernels: kernels,
      ticks: ticks)
    look.withLock { $0 = (now, here) }
    return here
  }

  private static func looked() throws(Refusal) -> (machine: MachineDescription, kernels: KernelSet) {
    let probe = MachineProbe()
    if let known = lasting.withLock({ $0 }) { return (probe.refresh(known.machine), known.kernels) }
    let machine = probe.describe()
    let kernels: KernelSet
    do { kernels = try KernelSet.select() } catch { throw Refusal(.invalidRequest, "\(error)") }
    lasting.withLock { $0 = (machine, kernels) }
    return (machine, kernels)
  }

  /// What a store has for a tier, read again when the file has changed.
  static func content(_ store: ProfileStore, tier: Tier) -> ProfileStore.Content {
    let path = store.path(tier: tier)
    var status = stat()
    var stamp = Stamp()
    if stat(path, &status) == 0 {
      #if canImport(Darwin)
        let time = status.st_mtimespec
      #else
        let time = status.st_mtim
      #endif
      stamp = Stamp(
        seconds: time.tv_sec, nanoseconds: time.tv_nsec, bytes: Int64(status.st_size), inode: UInt64(status.st_ino))
    }
    if let known = files.withLock({ $0[path] }), known.stamp == stamp { return known.content }
    let content = store.load(tier: tier)
    files.withLock { $0[path] = (stamp, content) }
    return content
  }
}
