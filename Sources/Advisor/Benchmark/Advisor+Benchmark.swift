import Inference
package import Kernels

extension Advisor {
  /// Runs a benchmark on the calling thread, which should own the machine.
  ///
  /// Throws `Cancelled` within 100 ms of the flag being raised, and `Refusal` when the run cannot be completed; all memory
  /// is given back in either case.
  package func benchmark(
    _ plan: BenchmarkPlan, cancellation: Cancellation, progress: Progress
  ) throws -> BenchmarkReport {
    do {
      return try BenchmarkRunner(plan, cancellation: cancellation, progress: progress).run()
    } catch InferenceError.cancelled {
      throw Cancelled()
    } catch let error as InferenceError {
      throw Refusal(error)
    } catch let error as Refusal {
      throw error
    } catch let error as Cancelled {
      throw error
    } catch {
      throw Refusal(.measurementFailed, "the benchmark of \(plan.name) failed: \(error)")
    }
  }
}
