import Inference
package import Kernels
import Tokenization

extension Advisor {
  /// Lets a model continue a text on the calling thread, which should own the machine.
  ///
  /// Progress of the phase `text` carries the pieces of the answer as they come. Throws `Cancelled` within one layer of the
  /// flag being raised, and `Refusal`; all memory is given back in either case.
  package func generate(
    _ plan: GenerationPlan, cancellation: Cancellation, progress: Progress
  ) throws -> GenerationReport {
    do {
      return try GenerationRunner(plan: plan, cancellation: cancellation, progress: progress).run()
    } catch InferenceError.cancelled {
      throw Cancelled()
    } catch let error as InferenceError {
      throw Refusal(error)
    } catch let error as SamplingError {
      throw Refusal(.measurementFailed, "\(plan.benchmark.name) gives no usable logits: \(error)")
    } catch let error as TokenizerError {
      throw Refusal(error, place: "/tokens")
    } catch let error as Refusal {
      throw error
    } catch let error as Cancelled {
      throw error
    } catch {
      throw Refusal(.measurementFailed, "generation with \(plan.benchmark.name) failed: \(error)")
    }
  }
}
