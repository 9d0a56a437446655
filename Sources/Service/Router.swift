package import Advisor
package import JSON
import Kernels
import Synchronization

/// From a method's name and parameters to its reply, under its scheduling.
package final class Router: Sendable {
  package let jobs: JobTable
  package let lane: MeasurementLane
  private let advisor: Advisor
  private let methods: [String: AnyMethod]
  private let orderedTail = Mutex<Task<Void, Never>?>(nil)

  package init(advisor: Advisor = Advisor(), methods: [AnyMethod] = MethodTable.all) {
    self.advisor = advisor
    self.methods = Dictionary(uniqueKeysWithValues: methods.map { ($0.name, $0) })
    lane = MeasurementLane()
    jobs = JobTable(lane: lane)
  }

  /// Starts a request.
  ///
  /// Ordered requests take their place in line before this returns.
  ///
  /// Cancelling the task raises the cancellation that the method sees; the task then ends in `requestCancelled`.
  package func start(
    _ name: String, _ params: JSON?, progress: Progress = .ignored
  ) -> Task<Result<JSON, Failure>, Never> {
    guard let method = methods[name] else {
      let failure = unknown(name)
      return Task { .failure(failure) }
    }
    let call = Call(
      advisor: advisor, jobs: jobs, lane: lane, cancellation: Cancellation(), progress: progress.neverDecreasing())
    guard method.scheduling == .ordered else { return Task { await Self.run(method, params, call) } }
    return orderedTail.withLock { tail in
      let earlier = tail
      let task = Task {
        await earlier?.value
        return await Self.run(method, params, call)
      }
      tail = Task { _ = await task.value }
      return task
    }
  }

  /// Runs one request to its end.
  package func answer(_ name: String, _ params: JSON?, progress: Progress = .ignored) async throws(Failure) -> JSON {
    let task = start(name, params, progress: progress)
    return try await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }.get()
  }

  private static func run(_ method: AnyMethod, _ params: JSON?, _ call: Call) async -> Result<JSON, Failure> {
    await withTaskCancellationHandler {
      do throws(Failure) {
        return .success(try await method.run(params, call))
      } catch {
        return .failure(error)
      }
    } onCancel: {
      call.cancellation.cancel()
      call.lane.releaseCancelled()
    }
  }

  private func unknown(_ name: String) -> Failure {
    let shown = String(name.prefix(80))
    let nearest = Spelling.nearest(to: name, among: methods.keys.sorted())
    let hint = nearest.map { "; did you mean \($0)?" } ?? "; rpc.discover lists those there are"
    return Failure(
      .methodNotFound, "there is no method \(shown)\(hint)",
      data: nearest.map { ["method": .string(shown), "nearest": .string($0)] } ?? ["method": .string(shown)])
  }
}
