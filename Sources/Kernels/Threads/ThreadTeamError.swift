/// A thread team could not be made.
package enum ThreadTeamError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The number of threads is not one that a team may have.
  case outOfRange(threads: Int)
  /// The operating system refused memory or threads.
  case refused(threads: Int)

  package var description: String {
    switch self {
    case .outOfRange(let threads):
      "\(threads) threads: expected 1...\(ThreadTeam.maximumThreads)"
    case .refused(let threads):
      "the system refused to start \(threads) threads: use fewer, or raise the limit on processes (ulimit -u)"
    }
  }
}
