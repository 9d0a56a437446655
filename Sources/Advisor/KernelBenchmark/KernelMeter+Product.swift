import Benchmarking
import Kernels
import TensorFormats

extension KernelMeter {
  /// Weights of one format and shape times the activations of `tokens`.
  func product(_ format: TensorFormat, _ shape: KernelShape, tokens: Int) throws -> KernelBenchmarkReport.Row {
    let isCached = shape.residence == .cache
    let columns = shape.columns
    let layout = kernels.layout(for: format, rows: shape.rows)
    let activation = ActivationFormat(for: format, layout: layout)
    let packed = try AlignedBuffer(byteCount: tokens * activation.byteCount(columns: columns))
    let activations = ActivationMatrix(format: activation, tokens: tokens, columns: columns, bytes: packed.bytes)
    do {
      let input = try AlignedBuffer(byteCount: tokens * columns * MemoryLayout<Float>.stride)
      let values = input.values(of: Float.self, count: tokens * columns)
      values.fillEvenly()
      try team.quantizeActivations(
        UnsafeBufferPointer(values), stride: columns, into: activations, kernels: kernels, cancellation: cancellation)
    }
    let copies = isCached ? team.threads : 1
    let output = try AlignedBuffer(byteCount: copies * tokens * shape.rows * MemoryLayout<Float>.stride)
    let out = output.values(of: Float.self, count: copies * tokens * shape.rows)

    var rows = shape.rows
    if !isCached {
      rows = try rowsInTime(shape.rows) { rows in
        let weights = try matrix(format, layout, rows: rows, columns: columns, workingSet)
        try team.multiply(
          weights, by: activations, into: out, outStride: rows, kernels: kernels, cancellation: cancellation)
      }
    }
    let work = KernelWork.product(format, layout: layout, rows: rows, columns: columns, tokens: tokens)
    let rowBytes = format.byteCount(values: columns) ?? 0
    let parts = CyclicParts(workingSet, partBytes: rows * rowBytes)
    let data =
      isCached
      ? "the same weights each time"
      : "\(parts.count) matrices one after the other, \(parts.count * rows * rowBytes >> 20) MiB"
    let one = Case(
      family: .product, format: format.name, isNativeKernel: kernels.isNative(format),
      shape: .init(rows: rows, columns: columns), tokens: tokens, residence: shape.residence ?? .memory, work: work,
      data: data)
    if isCached {
      let weights = try matrix(format, layout, rows: rows, columns: columns, workingSet)
      return try row(one) { calls in
        try onEveryThread(calls: calls * team.threads, of: work) { _, worker in
          kernels.multiply(
            weights, rows: 0..<rows, by: activations, tokens: 0..<tokens,
            into: out.values(worker * tokens * rows, tokens * rows), outStride: rows)
        }
      }
    }
    var next = 0
    return try row(one) { calls in
      for _ in 0..<calls {
        let weights = try matrix(format, layout, rows: rows, columns: columns, parts[next])
        next += 1
        try team.multiply(
          weights, by: activations, into: out, outStride: rows, kernels: kernels, cancellation: cancellation)
      }
    }
  }

  private func matrix(
    _ format: TensorFormat, _ layout: WeightLayout, rows: Int, columns: Int, _ bytes: UnsafeMutableRawBufferPointer
  ) throws(Refusal) -> WeightMatrix {
    let matrix = WeightMatrix(
      format: format, rows: rows, columns: columns, bytes: UnsafeRawBufferPointer(bytes),
      layout: layout)
    guard let matrix else {
      throw Refusal(
        .measurementFailed,
        "the working set of \(bytes.count) bytes is too small for \(rows) x \(columns) weights of \(format.name)")
    }
    return matrix
  }

  /// The rows halved until a product should take a quarter of a case's time at most: kernels that slow are not bound by memory,
  /// and what caches hold makes no difference to them.
  private func rowsInTime(_ rows: Int, _ run: (Int) throws -> Void) throws -> Int {
    let few = min(rows, 32 * team.threads)
    var fastest = Double.infinity
    // The best of three: one that was interrupted should not cost rows.
    for _ in 0..<3 where fastest > seconds / 16 {
      let start = clock.nowSeconds()
      try run(few)
      fastest = min(fastest, clock.nowSeconds() - start)
    }
    let secondsPerRow = fastest / Double(few)
    var rows = rows
    while rows / 2 >= few, rows / 2 % KernelSet.stripRows == 0, secondsPerRow * Double(rows) > seconds / 4 { rows /= 2 }
    return rows
  }
}
