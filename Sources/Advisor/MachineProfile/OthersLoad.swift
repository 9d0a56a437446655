import Benchmarking
import Hardware

/// How many processors others than Edgewise want.
enum OthersLoad {
  /// Threads of this process that are looked at: more than a team has.
  private static let mostThreads = 64

  /// The processors that others kept busy since `before`, which was `seconds` ago.
  ///
  /// Without such a moment, or one that is too long ago to tell of now: the threads of others that want to run at this moment,
  /// but no more than the load average, which knows of the minute before and of Edgewise's own work in it. nil when the kernel
  /// does not tell.
  static func cores(
    _ files: SystemFiles, processors: Int, now: ProcessorTicks?, since before: ProcessorTicks?, seconds: Double
  ) -> Double? {
    if let now, let before, seconds <= mostSeconds, let fraction = now.othersFraction(since: before) {
      return fraction * Double(max(1, processors))
    }
    // load1 load5 load15 running/all last-pid (proc_loadavg(5)).
    guard let fields = files.line("/proc/loadavg")?.split(separator: " "), fields.count > 3,
      let average = Double(fields[0]), average.isFinite,
      let running = fields[3].split(separator: "/").first.flatMap({ Int($0) })
    else { return nil }
    return max(0, min(average, Double(running - max(1, ownRunning(files)))))
  }

  /// A mean over longer than the load average's minute says little about now.
  private static let mostSeconds = 60.0

  /// How many threads of this process run or want to.
  private static func ownRunning(_ files: SystemFiles) -> Int {
    files.entries("/proc/self/task").prefix(mostThreads).count { thread in
      guard let stat = files.line("/proc/self/task/\(thread)/stat"), let end = stat.lastIndex(of: ")") else {
        return false
      }
      return stat[stat.index(after: end)...].split(separator: " ").first == "R"
    }
  }
}
