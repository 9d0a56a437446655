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

  /// Whether the method answers in well under a millisecond, as a refusal does.
  package func isBrief(_ name: String) -> Bool { (methods[name]?.scheduling ?? .brief) == .brief }

  /// Starts a request and hands its outcome to `finish`, once.
  ///
  /// Ordered requests take their place in line before this returns. Cancelling the task raises the cancellation that the
  /// method sees; the outcome is then `requestCancelled`. A brief method is run before this returns when `here` is set.
  package func start(
    _ name: String, _ params: JSON?, progress: Progress = .ignored, here: Bool = false,
    finish: @escaping @Sendable (Result<JSON.Text, Failure>) -> Void
  ) -> Task<Void, Never> {
    guard let method = methods[name] else {
      finish(.failure(unknown(name)))
      return Task {}
    }
    let call = call(progress)
    if here, method.scheduling == .brief, #available(macOS 26, *) {
      return Task.immediate { finish(await Self.run(method, params, call)) }
    }
    guard method.scheduling == .ordered else { return Task { finish(await Self.run(method, params, call)) } }
    return orderedTail.withLock { tail in
      let earlier = tail
      let task = Task {
        await earlier?.value
        finish(await Self.run(method, params, call))
      }
      tail = task
      return task
    }
  }

  /// Runs one request to its end, beside others whatever its scheduling.
  package func answer(_ name: String, _ params: JSON?, progress: Progress = .ignored) async throws(Failure) -> JSON {
    guard let method = methods[name] else { throw unknown(name) }
    let reply = try await Self.run(method, params, call(progress)).get()
    do throws(JSON.ParseError) {
      return try reply.parsed()
    } catch {
      throw Failure(describing: error)
    }
  }

  private func call(_ progress: Progress) -> Call {
    Call(advisor: advisor, jobs: jobs, lane: lane, cancellation: Cancellation(), progress: progress.neverDecreasing())
  }

  private static func run(_ method: AnyMethod, _ params: JSON?, _ call: Call) async -> Result<JSON.Text, Failure> {
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
