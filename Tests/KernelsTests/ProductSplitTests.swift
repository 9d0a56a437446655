import Testing

@testable import Kernels

@Suite("Pieces of a product")
struct ProductSplitTests {
  static let shapes = [
    (1, 1, 1), (4096, 14_336, 1), (128_256, 4096, 1), (14_336, 4096, 512), (4096, 14_336, 8191), (1000, 32, 7),
    (1000, 32, 9), (33, 65_536, 513), (151_936, 896, 65), (16, 1_048_576, 8),
  ]

  @Test("pieces cover every row of every token once", arguments: shapes)
  func coverage(rows: Int, columns: Int, tokens: Int) {
    let split = ProductSplit(rows: rows, columns: columns, tokens: tokens)
    var covered = 0
    var last = (rows: 0..<0, tokens: 0..<0)
    for piece in 0..<split.pieces {
      let now = (rows: split.rows(of: piece), tokens: split.tokens(of: piece))
      #expect(!now.rows.isEmpty && !now.tokens.isEmpty)
      // Each continues the one before, or starts the next tokens at the first row.
      let continues = now.tokens == last.tokens && now.rows.lowerBound == last.rows.upperBound
      let starts = now.rows.lowerBound == 0 && now.tokens.lowerBound == last.tokens.upperBound
      #expect(continues || starts)
      covered += now.rows.count * now.tokens.count
      last = now
    }
    #expect(covered == rows * tokens)
  }

  @Test("no piece takes more than a few milliseconds, even of the widest matrices", arguments: shapes)
  func size(rows: Int, columns: Int, tokens: Int) {
    let split = ProductSplit(rows: rows, columns: columns, tokens: tokens)
    let largest = (0..<split.pieces).map { split.rows(of: $0).count * split.tokens(of: $0).count }.max() ?? 0
    let multiplyAdds = largest * columns
    let least = ProductSplit.rowsPerPanel * columns * min(tokens, 2 * KernelSet.panelTokens)
    // Tokens that do not divide evenly give some pieces one more.
    let oneToken = ProductSplit.rowsPerPanel * columns
    #expect(multiplyAdds <= max(ProductSplit.multiplyAddsPerPiece + oneToken, least))
  }

  @Test("a long batch is never divided into pieces too short for a panel", arguments: 8...600)
  func panels(tokens: Int) {
    let split = ProductSplit(rows: 64, columns: 14_336, tokens: tokens)
    for piece in 0..<split.pieces { #expect(split.tokens(of: piece).count >= KernelSet.panelTokens) }
  }
}
