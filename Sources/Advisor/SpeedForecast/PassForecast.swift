import Inference
import Kernels
import TensorFormats

/// Forecasts the passes of an engine through a model by the rates of ours, corrected for another engine.
package struct PassForecast: Sendable {
  package let work: ModelWork
  package let rates: EngineRates
  package let threads: Int
  /// The share of the weights that caches keep from one token to the next.
  private let cachedFraction: Double
  private let costs: EngineCosts?
  /// How another engine differs; nil for ours.
  private let other: EngineDifference?
  /// Bytes of a cached value over the two that the costs were measured with.
  private let cacheWidth: Double

  package init(
    _ work: ModelWork, _ rates: EngineRates, threads: Int, cacheBytesPerValue: Double = 2,
    other: EngineDifference? = nil
  ) {
    self.other = other
    self.work = work
    self.rates = rates
    self.threads = threads
    cacheWidth = cacheBytesPerValue / 2
    cachedFraction = rates.curve.cachedFraction(workingSetBytes: Double(work.weightBytes))
    costs = rates.costs(threads: threads)
  }

  /// The pass of one token that sees `depth` others.
  package func decode(depth: Double) -> PassTime {
    var time = PassTime()
    for phase in work.phases { time.weightSeconds += Double(phase.count) * single(phase) }
    if let other { time.weightSeconds /= other.decodeFactor }
    guard let costs else { return time }
    let positions = work.positionsRead(depth: depth + 1) * Double(work.headSize)
    time.attentionSeconds =
      positions
      * (Double(2 * work.kvHeads) * costs.cachedValueSeconds * cacheWidth + Double(work.heads) * costs.queryValueSeconds)
    time.otherSeconds =
      Double(work.layers)
      * (other.map(\.layerSeconds) ?? costs.layerSeconds + Double(work.valuesPerLayer) * costs.valueSeconds)
      + Double(work.vocabularySize) * costs.valueSeconds
    return time
  }

  /// The passes of a prompt that comes after `depth` tokens, in batches of `batchTokens`.
  package func prefill(tokens: Int, depth: Double, batchTokens: Int) -> PassTime {
    var time = PassTime()
    var done = 0
    var lastSingle = 0.0
    while done < tokens {
      let count = min(batchTokens, tokens - done)
      let isLast = done + count == tokens
      for phase in work.phases {
        switch phase.kind {
        case .output: if isLast { lastSingle += single(phase) }
        case .mixerInput: time.weightSeconds += Double(phase.count) * many(phase, tokens: count)
        case .rest:
          // The last layer goes on with one token, or ends before where nobody needs logits.
          let share = Double(phase.count) / Double(max(1, work.layers))
          time.weightSeconds += (Double(phase.count) - share) * many(phase, tokens: count)
          if isLast { lastSingle += share * single(phase) }
        }
      }
      if let costs {
        let (n, layers) = (Double(count), Double(work.layers))
        time.otherSeconds +=
          (layers - 0.5) * n * Double(work.valuesPerLayer) * costs.prefillValueSeconds
          + layers * (other?.prefillLayerSeconds ?? costs.layerSeconds)
        let mean = depth + Double(done) + (n + 1) / 2
        let operations = 4 * n * work.positionsRead(depth: mean) * Double(work.heads * work.headSize)
        time.attentionSeconds += operations / max(1, costs.attentionOperationsPerSecond) * (layers - 1) / layers
      }
      done += count
    }
    if let other {
      time.weightSeconds /= other.prefillFactor
      lastSingle /= other.decodeFactor
    }
    time.weightSeconds += lastSingle
    return time
  }

  /// The products of a phase with one token.
  private func single(_ phase: ModelWork.Phase) -> Double {
    let copies = phase.experts?.used ?? 1
    var seconds = 0.0
    for matrix in phase.matrices {
      guard
        let rate = rates.decodeBytesPerSecond(matrix.format, threads: threads, cachedFraction: cachedFraction), rate > 0
      else { continue }
      seconds += Double(copies) * work.byteScale * matrix.byteCount / rate
    }
    return seconds * slowdown(phase, copies: copies, tokens: 1) { rates.decodeSpeedup($0, threads: threads) }
  }

  /// The products of a phase with a batch.
  private func many(_ phase: ModelWork.Phase, tokens: Int) -> Double {
    let copies = phase.experts?.unique(tokens: Double(tokens)) ?? 1
    let each = phase.experts.map { Double(tokens * $0.used) / max(1, copies) } ?? Double(tokens)
    var seconds = 0.0
    for matrix in phase.matrices {
      guard let rate = rates.operationsPerSecond(matrix.format, tokens: each, threads: threads), rate > 0 else {
        continue
      }
      seconds += 2 * copies * Double(matrix.rows) * Double(matrix.columns) * each / rate
    }
    return seconds
      * slowdown(phase, copies: max(1, Int(copies.rounded())), tokens: max(1, Int(each.rounded()))) { _ in
        Double(threads)
      }
  }

  /// How much longer the phase's loop takes than with an even division.
  private func slowdown(
    _ phase: ModelWork.Phase, copies: Int, tokens: Int, speedup: (TensorFormat) -> Double
  ) -> Double {
    // Other engines divide products into parts of their own, even as a rule.
    guard other == nil, threads > 1, let format = phase.matrices.first?.format else { return 1 }
    var sizes: [Double] = []
    // Gate and up are computed piece by piece together.
    for matrix in phase.isGated ? Array(phase.matrices.prefix(1)) : phase.matrices {
      let split = ProductSplit(rows: matrix.rows, columns: matrix.columns, tokens: tokens)
      guard split.pieces * copies < 4096 else { return 1 }
      for _ in 0..<copies {
        for piece in 0..<split.pieces {
          let size = split.rows(of: piece).count * matrix.columns * split.tokens(of: piece).count
          sizes.append(Double(size) * matrix.format.bitsPerValue)
        }
      }
    }
    return LoopBalance.slowdown(
      sizes: sizes, chunk: LoopChunk.pieces(of: sizes.count, threads: threads), threads: threads,
      speedup: speedup(format))
  }
}

extension ModelWork.Phase {
  /// Whether it is the gate and up products, which are computed piece by piece together.
  fileprivate var isGated: Bool {
    matrices.count == 2 && matrices[0].rows == matrices[1].rows && kind == .rest
  }
}
