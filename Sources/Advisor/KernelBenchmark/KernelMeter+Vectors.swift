import Kernels

extension KernelMeter {
  /// Values of a token's vector: the hidden size of a model with a billion parameters.
  private static let width = 2048
  private static let headSize = 64
  /// Tokens whose vectors each thread goes through: the vectors stay in its second-level cache.
  private static let tokens = 16

  /// The vectors that one worker works on, (tokens, width) each.
  private struct Vectors {
    let x: UnsafeMutableBufferPointer<Float>
    let y: UnsafeMutableBufferPointer<Float>
    let out: UnsafeMutableBufferPointer<Float>
  }

  /// RMSNorm, RoPE, softmax or SiLU on vectors of the cache.
  func vectors(_ family: KernelFamily) throws -> KernelBenchmarkReport.Row {
    let (width, heads) = (Self.width, Self.width / Self.headSize)
    let work: KernelWork
    let apply: (KernelSet, Vectors) -> Void
    var shape = KernelBenchmarkReport.Shape(columns: width)
    switch family {
    case .rmsNorm:
      work = .rmsNorm(columns: width)
      apply = { kernels, vectors in
        kernels.rmsNorm(.init(vectors.x), weight: .init(vectors.y), epsilon: 1e-5, into: vectors.out)
      }
    case .rope:
      work = .rope(heads: heads, headSize: Self.headSize)
      shape = .init(heads: heads, headSize: Self.headSize)
      apply = { kernels, vectors in
        kernels.rope(
          vectors.out, heads: heads, headSize: Self.headSize,
          cosines: .init(vectors.x.values(0, Self.headSize / 2)), sines: .init(vectors.y.values(0, Self.headSize / 2)),
          order: .halves)
      }
    case .softmax:
      work = .softmax(columns: width)
      apply = { kernels, vectors in kernels.softmax(vectors.out) }
    default:
      work = .silu(columns: width)
      apply = { kernels, vectors in
        kernels.siluMultiply(gate: .init(vectors.x), up: .init(vectors.y), into: vectors.out)
      }
    }
    let perWorker = 3 * Self.tokens * width
    let buffer = try AlignedBuffer(byteCount: team.threads * perWorker * MemoryLayout<Float>.stride)
    let values = buffer.values(of: Float.self, count: team.threads * perWorker)
    values.fillEvenly()
    let one = Case(
      family: family, shape: shape, tokens: Self.tokens, work: work,
      data: "the same \(Self.tokens) tokens again and again in each thread's cache")
    return try row(one) { calls in
      try onEveryThread(calls: calls * team.threads * Self.tokens, of: work) { index, worker in
        let begin = worker * perWorker + index % Self.tokens * width
        apply(
          kernels,
          Vectors(
            x: values.values(begin, width), y: values.values(begin + Self.tokens * width, width),
            out: values.values(begin + 2 * Self.tokens * width, width)))
      }
    }
  }

  /// f32 vectors to int8 codes with scales.
  func activationQuantization() throws -> KernelBenchmarkReport.Row {
    let width = Self.width
    let work = KernelWork.activationQuantization(columns: width)
    let input = try AlignedBuffer(byteCount: team.threads * Self.tokens * width * MemoryLayout<Float>.stride)
    let values = input.values(of: Float.self, count: team.threads * Self.tokens * width)
    values.fillEvenly()
    let tokens = team.threads * Self.tokens
    let packed = try AlignedBuffer(byteCount: tokens * ActivationFormat.q8.byteCount(columns: width))
    let matrix = ActivationMatrix(format: .q8, tokens: tokens, columns: width, bytes: packed.bytes)
    let one = Case(
      family: .activationQuantization, shape: .init(columns: width), tokens: Self.tokens, work: work,
      data: "the same \(Self.tokens) tokens again and again in each thread's cache")
    return try row(one) { calls in
      try onEveryThread(calls: calls * tokens, of: work) { index, worker in
        let token = worker * Self.tokens + index % Self.tokens
        kernels.quantizeActivations(
          UnsafeBufferPointer(values), stride: width, tokens: token..<token + 1, into: matrix)
      }
    }
  }
}
