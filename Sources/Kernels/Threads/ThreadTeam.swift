import CKernels

/// Persistent threads that share out the indices of loops, with the calling thread as worker 0.
///
/// Between loops the threads spin for some tens of microseconds, so that the loops of one decode step find them awake, and then
/// sleep: an idle team uses no CPU. One loop runs at a time; a second caller waits. The threads end with the team.
///
/// Threads stay on the processors that the thread which makes the team may use, and the system moves them among those: none is
/// pinned to one, because a caller may run other work, or another team, beside this one. Pieces go to whoever is free, so
/// that slow cores do fewer of them. Memory that a loop is first to write lies on the memory node of the thread that
/// wrote it, where the system has several.
package final class ThreadTeam: Sendable {
  /// The number of workers, the caller included.
  package let threads: Int
  private let team: ew_team

  /// The most threads that a team may have.
  package static let maximumThreads = 1024

  /// Starts `threads - 1` threads.
  ///
  /// - Throws: `ThreadTeamError` when the number is not in 1...1024 or the system refuses threads.
  package init(threads: Int) throws(ThreadTeamError) {
    guard threads >= 1, threads <= Self.maximumThreads else { throw .outOfRange(threads: threads) }
    let team = ew_team_create(threads)
    guard team.pointer != nil else { throw .refused(threads: threads) }
    self.threads = threads
    self.team = team
  }

  deinit {
    ew_team_destroy(team)
  }

  /// Runs `body` over 0 ..< `count` in pieces of at most `chunk` indices, each on the next free worker (0 ..< `threads`).
  ///
  /// The body runs on several threads at once although the compiler does not check that: pieces must write to memory of their
  /// own, and a body must not start a loop on the same team. The flag is looked at before each piece, so a piece should last a
  /// few milliseconds at most.
  ///
  /// - Throws: `Cancelled` when the flag was up before the last piece began; the pieces that had begun have ended by then.
  package func forEach(
    count: Int, chunk: Int = 1, cancellation: Cancellation? = nil, _ body: (Range<Int>, _ worker: Int) -> Void
  ) throws(Cancelled) {
    precondition(count >= 0 && chunk >= 1)
    let finished = withoutActuallyEscaping(body) { body in
      var loop = Loop(body: body, cancellation: cancellation)
      return withUnsafeMutablePointer(to: &loop) { loop in
        ew_team_run(
          team, count, chunk,
          { context, begin, end, worker in
            guard let loop = context?.assumingMemoryBound(to: Loop.self) else { return false }
            if loop.pointee.cancellation?.isCancelled == true { return false }
            loop.pointee.body(begin..<end, worker)
            return true
          }, loop)
      }
    }
    if !finished { throw Cancelled() }
  }

  private struct Loop {
    let body: (Range<Int>, Int) -> Void
    let cancellation: Cancellation?
  }
}
