package import Benchmarking
import Blueprints
import Inference
package import Kernels
import ModelFiles
import TensorFormats

extension Advisor {
  /// Checks a request and works out every tensor; nothing is written yet.
  package func planSynthesis(_ request: SynthesisRequest) throws(Refusal) -> SynthesisPlan {
    let name = request.format ?? SynthesisRequest.defaultFormat
    guard let recipe = FileTypeRecipe(name: name) else {
      throw Refusal(
        .invalidRequest,
        "There is no file type '\(name)'. Expected one of: "
          + FileTypeRecipe.allCases.map(\.rawValue).joined(separator: ", ") + ".", details: ["format": name])
    }
    let (blueprint, notes) = try blueprint(request)
    do throws(ModelFileError) {
      let layout = try blueprint.layout(recipe)
      let parts = request.splitBytes.map { layout.split(dataBytes: max(1, $0)) } ?? [layout]
      guard parts.count <= Int(UInt16.max) else {
        throw ModelFileError(
          .malformed, "So small parts would be more than \(UInt16.max) files. Give a larger 'splitBytes'.")
      }
      return SynthesisPlan(
        request: request, recipe: recipe, blueprint: blueprint, layout: layout, parts: parts,
        paths: GGUFLayout.paths(request.output, count: parts.count), notes: notes)
    } catch {
      throw Refusal(error)
    }
  }

  /// Writes the files of `plan`.
  package func synthesize(
    _ plan: SynthesisPlan, clock: MonotonicClock = .system, cancellation: Cancellation, progress: Progress
  ) throws -> SynthesisReport {
    let total = Double(max(1, plan.parts.reduce(0) { $0 + $1.dataBytes }))
    let options = GGUFFileWriter.Options(
      overwrites: plan.request.overwrite ?? false, isSparse: plan.request.sparse ?? false)
    var filler = SyntheticFiller(seed: UInt64(bitPattern: Int64(plan.request.seed ?? 1)))
    let tensors = plan.layout.tensors
    let start = clock.nowSeconds()
    let isDone: Bool
    do throws(ModelFileError) {
      isDone = try GGUFFileWriter.write(
        plan.parts, to: plan.paths, options: options,
        progress: { written in
          progress.report("writing", Double(written) / total, plan.request.output)
          return !cancellation.isCancelled
        },
        fill: { index, _, target in
          let tensor = tensors[index]
          filler.fill(
            target, name: tensor.name, format: tensor.format, columns: tensor.shape[0],
            rows: tensor.shape.dropFirst().reduce(1, *))
        })
    } catch {
      throw Refusal(error)
    }
    guard isDone else { throw Cancelled() }
    return plan.report(seconds: clock.nowSeconds() - start)
  }
}
