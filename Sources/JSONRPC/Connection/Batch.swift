import JSON
import Synchronization

/// The answers to one batch, which leave together when the last is there.
final class Batch: Sendable {
  private struct State {
    var missing: Int
    var answers: [JSON.Text] = []
  }

  private let state: Mutex<State>
  private let complete: @Sendable ([JSON.Text]) -> Void

  /// Makes a batch that waits for as many answers; `complete` gets them once, and nothing if there were none.
  init(answers: Int, _ complete: @escaping @Sendable ([JSON.Text]) -> Void) {
    state = Mutex(State(missing: answers))
    self.complete = complete
  }

  /// Takes one answer, or nil for a request that is not answered.
  func add(_ answer: JSON.Text?) {
    let answers = state.withLock { state -> [JSON.Text]? in
      if let answer { state.answers.append(answer) }
      state.missing -= 1
      return state.missing == 0 ? state.answers : nil
    }
    if let answers, !answers.isEmpty { complete(answers) }
  }
}
