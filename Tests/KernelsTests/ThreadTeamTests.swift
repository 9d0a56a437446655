import Kernels
import Synchronization
import TensorFormats
import Testing

@Suite("Thread team")
struct ThreadTeamTests {
  @Test("every index is handled exactly once, by a worker of the team", arguments: 1...5)
  func coverage(threads: Int) throws {
    let team = try ThreadTeam(threads: threads)
    #expect(team.threads == threads)
    for (count, chunk) in [(0, 1), (1, 1), (1, 100), (7, 3), (1000, 1), (1000, 64)] {
      let visits = Mutex([Int](repeating: 0, count: count))
      let strays = Atomic(0)
      try team.forEach(count: count, chunk: chunk) { range, worker in
        if worker < 0 || worker >= threads || range.count > chunk || range.isEmpty {
          strays.add(1, ordering: .relaxed)
        }
        visits.withLock { for index in range { $0[index] += 1 } }
      }
      #expect(visits.withLock { $0.allSatisfy { $0 == 1 } })
      #expect(strays.load(ordering: .relaxed) == 0)
    }
  }

  @Test("thousands of short loops one after the other lose nothing")
  func repeated() throws {
    let team = try ThreadTeam(threads: 3)
    let total = Atomic(0)
    for _ in 0..<5000 { try team.forEach(count: 4) { range, _ in total.add(range.count, ordering: .relaxed) } }
    #expect(total.load(ordering: .relaxed) == 20_000)
  }

  @Test("callers from several threads take turns")
  func concurrentCallers() async throws {
    let team = try ThreadTeam(threads: 2)
    let total = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let total = Atomic(0)
          for _ in 0..<100 { try? team.forEach(count: 10) { range, _ in total.add(range.count, ordering: .relaxed) } }
          return total.load(ordering: .relaxed)
        }
      }
      return await group.reduce(0, +)
    }
    #expect(total == 4000)
  }

  @Test("a raised flag stops a loop before its first piece")
  func cancelledBefore() throws {
    let team = try ThreadTeam(threads: 2)
    let cancellation = Cancellation()
    cancellation.cancel()
    let pieces = Atomic(0)
    #expect(throws: Cancelled()) {
      try team.forEach(count: 100, cancellation: cancellation) { _, _ in pieces.add(1, ordering: .relaxed) }
    }
    #expect(pieces.load(ordering: .relaxed) == 0)
  }

  @Test("raising the flag lets only the pieces in hand finish, and the team works on", arguments: [1, 2, 4])
  func cancelledDuring(threads: Int) throws {
    let team = try ThreadTeam(threads: threads)
    let cancellation = Cancellation()
    let after = Atomic(0)
    #expect(throws: Cancelled()) {
      try team.forEach(count: 1_000_000, cancellation: cancellation) { range, _ in
        if cancellation.isCancelled { after.add(1, ordering: .relaxed) }
        if range.contains(10) { cancellation.cancel() }
      }
    }
    // A worker may have looked at the flag just before it was raised, and be about to begin that one piece.
    #expect(after.load(ordering: .relaxed) < threads)
    let total = Atomic(0)
    try team.forEach(count: 50) { range, _ in total.add(range.count, ordering: .relaxed) }
    #expect(total.load(ordering: .relaxed) == 50)
  }

  @Test("numbers of threads that make no sense are refused", arguments: [0, -1, 1025, .max])
  func refused(threads: Int) {
    let error = #expect(throws: ThreadTeamError.self) { try ThreadTeam(threads: threads) }
    #expect(error?.description.contains("expected 1...1024") == true)
  }

  @Test("a product is the same for every number of threads", arguments: [1, 20])
  func deterministic(tokens: Int) throws {
    let product = try ProductCase(format: .q4_0, rows: 300, columns: 1024, tokens: tokens)
    for kernels in KernelSet.usable {
      let results = try [1, 2, 3].map { try run(product, kernels, ThreadTeam(threads: $0)) }
      #expect(results.allSatisfy { $0 == results[0] })
      #expect(results[0] == (try product.result(kernels).map(\.bitPattern)))
    }
  }

  private func run(_ product: ProductCase, _ kernels: KernelSet, _ team: ThreadTeam) throws -> [UInt32] {
    let buffer = try AlignedBuffer(byteCount: product.tokens * ActivationFormat.q8.byteCount(columns: product.columns))
    let activations = ActivationMatrix(
      format: .q8, tokens: product.tokens, columns: product.columns, bytes: buffer.bytes)
    var out = [Float](repeating: .nan, count: product.rows * product.tokens)
    try product.x.withUnsafeBufferPointer { x in
      try team.quantizeActivations(x, stride: product.columns, into: activations, kernels: kernels)
    }
    try product.weights.withUnsafeBytes { bytes in
      let matrix = try #require(
        WeightMatrix(format: product.format, rows: product.rows, columns: product.columns, bytes: bytes))
      try out.withUnsafeMutableBufferPointer {
        try team.multiply(matrix, by: activations, into: $0, outStride: product.rows, kernels: kernels)
      }
    }
    return out.map(\.bitPattern)
  }
}
