import Dispatch

/// Runs work that takes seconds on a thread of its own, so that tests that wait for each other still get the pool.
package func onOwnThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    DispatchQueue(label: "edgewise.test.work").async { continuation.resume(with: Result { try work() }) }
  }
}
