import Benchmarking
import Evidence
import Hardware
import JSON
package import Kernels
import TensorFormats

extension Advisor {
  /// Measures kernels on the calling thread, which should own the machine.
  ///
  /// Throws `Cancelled` within 100 ms of the flag being raised, and `Refusal` when memory or threads are refused.
  package func benchmarkKernels(
    _ plan: KernelBenchmarkPlan, cancellation: Cancellation = Cancellation(), progress: Progress = .ignored
  ) throws -> KernelBenchmarkReport {
    do {
      return try KernelBenchmarkRunner(plan, cancellation: cancellation, progress: progress).run()
    } catch let error as OutOfMemory {
      throw Refusal(.insufficientMemory, "the measurement needs more memory than there is: \(error)")
    } catch let error as ThreadTeamError {
      throw Refusal(.measurementFailed, "\(error)")
    }
  }
}
