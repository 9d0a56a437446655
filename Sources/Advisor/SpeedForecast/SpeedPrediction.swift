import Evidence
import Kernels
import TensorFormats

/// A prediction before it is written down: what an answer, an advice and a recommendation read the same numbers from.
struct SpeedPrediction {
  let question: SpeedQuestion
  let basis: SpeedBasis
  let model: WorkMemory.Known
  let engine: SpeedEngine
  let threads: Int
  let batchTokens: Int
  /// nil for our own engine.
  let difference: EngineDifference?
  private let forecast: PassForecast
  private let range: SpeedRange

  /// The pass of one token right after the prompt.
  let decode: PassTime
  /// The passes of the prompt.
  let prefill: PassTime

  init(
    _ question: SpeedQuestion, _ basis: SpeedBasis, _ model: WorkMemory.Known, engine: SpeedEngine, threads: Int,
    difference: EngineDifference?
  ) {
    (self.question, self.basis, self.model, self.engine) = (question, basis, model, engine)
    (self.threads, self.difference) = (threads, difference)
    batchTokens = question.batchTokens ?? engine.batchTokens
    forecast = PassForecast(
      model.work, basis.rates, threads: threads, cacheBytesPerValue: question.cacheFormat.tensorFormat.bitsPerValue / 8,
      other: difference)
    let depth = Double(question.depthTokens)
    decode = forecast.decode(depth: depth + Double(question.promptTokens))
    prefill = forecast.prefill(tokens: question.promptTokens, depth: depth, batchTokens: batchTokens)
    range = SpeedRange(model, basis, difference)
  }

  var decodeTokensPerSecond: Quantity {
    range.quantity(1 / decode.seconds, range.decode, "one over the time of a token: \(range.source)")
  }

  var prefillTokensPerSecond: Quantity {
    range.quantity(
      Double(question.promptTokens) / prefill.seconds, range.prefill, "prompt tokens over their time: \(range.source)")
  }

  var timeToFirstTokenSeconds: Quantity {
    range.quantity(prefill.seconds, range.prefill, "the time of the prompt's batches: \(range.source)")
  }

  /// Bytes of weights and KV cache that one token reads after the prompt.
  var bytesReadPerToken: Int {
    let work = model.work
    let positions = work.positionsRead(depth: Double(question.depthTokens + question.promptTokens))
    let cache =
      positions * Double(2 * work.kvHeads * work.headSize) * question.cacheFormat.tensorFormat.bitsPerValue / 8
    return Int(min(work.bytesReadPerToken + cache, 1e18))
  }

  var decodeBoundBy: SpeedAnswer.Bound {
    if decode.otherSeconds > decode.seconds / 2 { return .overhead }
    guard let bandwidth = basis.rates.bandwidth(threads: threads), bandwidth > 0 else { return .memory }
    return model.work.bytesReadPerToken / bandwidth > 0.7 * decode.weightSeconds ? .memory : .compute
  }

  /// What was taken for granted.
  var assumptions: [Assumption] {
    var result = basis.assumptions
    result.append(
      Assumption(
        what: "All \(model.work.weightBytes) bytes of weights stay in memory, one request at a time.",
        effect:
          "Weights that must be read from storage for each token make it many times slower; model/memory tells what fits."
      ))
    if let note = model.standIn {
      result.append(Assumption(what: note + ".", effect: "The rate is that of the stand-in."))
    }
    if let other = model.formatStandIn, difference?.isOfFormat != true {
      result.append(
        Assumption(
          what: "Weights in \(model.fileType) are as fast, byte for byte, as those in \(other).",
          effect: "Formats that take longer to unpack are slower, by up to a half."))
    }
    let unknown = model.work.formats.filter { !basis.rates.knows($0) }.map(\.name)
    if !unknown.isEmpty {
      result.append(
        Assumption(
          what:
            "Weights in \(unknown.joined(separator: ", ")) are as fast as those with the nearest bits that were measured.",
          effect: "Rates may be off by a third: measure all formats."))
    }
    if difference != nil, basis.profile == nil {
      result.append(
        Assumption(
          what: "Every engine is as fast as any other.",
          effect: "On the machine itself calibrate/engine compares an installed one with ours."))
    } else if let difference {
      result.append(
        Assumption(
          what: "The engine differs from ours by \(difference.source).",
          effect: difference.build == nil
            ? "Builds and machines differ: calibrate/engine runs an installed one and narrows the interval."
            : "A later build may be faster or slower: calibrate it anew."))
    }
    for remark in basis.record.remarks {
      result.append(Assumption(what: remark, effect: "Rates may be those of then."))
    }
    return result
  }
}
