/// The fixed state of recurrent layers.
enum RecurrentState {
  /// The bytes of the state of `layers` layers for one sequence, kept in F32; nil when the file does not say enough.
  ///
  /// Source: `llama_hparams::n_embd_r` and `n_embd_s` of llama.cpp.
  static func bytes(_ keys: ArchitectureKeys, _ shape: Hyperparameters, layers: Int) -> Int? {
    guard layers > 0 else { return 0 }
    let values: Int?
    if let headSize = keys.count("wkv.head_size"), let width = shape.embeddingLength {
      let shifts = keys.count("token_shift_count") ?? 2
      values = product(width, shifts).flatMap { a in product(width, headSize).map { a &+ $0 } }
    } else if let kernel = keys.count("shortconv.l_cache"), kernel > 0, let width = shape.embeddingLength {
      values = product(width, kernel - 1)
    } else if let head = keys.positive("kda.head_dim"), let heads = shape.headCount?.max() {
      // Kimi's delta attention: the convolutions of query, key and value, and a square state for each head.
      let kernel = min(keys.positive("ssm.conv_kernel") ?? 4, 1 << 16)
      let inner = product(head, heads)
      values = inner.flatMap { product($0, 3 * (kernel - 1)) }.flatMap { a in
        inner.flatMap { product($0, head) }.map { a &+ $0 }
      }
    } else if let kernel = keys.count("ssm.conv_kernel"), let inner = keys.count("ssm.inner_size"),
      let state = keys.count("ssm.state_size")
    {
      let groups = keys.count("ssm.group_count") ?? 0
      let convolution = product(2 &* groups, state).flatMap { product(max(0, kernel - 1), inner &+ $0) }
      values = convolution.flatMap { a in product(inner, state).map { a &+ $0 } }
    } else {
      values = nil
    }
    return values.flatMap { product($0, 4) }.flatMap { product($0, layers) }
  }

  private static func product(_ a: Int, _ b: Int) -> Int? {
    let (result, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow || result < 0 ? nil : result
  }
}
