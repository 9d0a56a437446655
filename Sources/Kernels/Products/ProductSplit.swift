/// How a matrix product is divided into pieces: by the shape alone, never by the number of threads.
package struct ProductSplit {
  let rows: Int
  let tokens: Int
  /// The rows of every piece but the last.
  let rowsPerPiece: Int
  /// How many parts the tokens are divided into, as evenly as they can be: none falls below the number worth a panel.
  let tokenPieces: Int

  /// The multiply-adds of a piece at most: under 40 ms at the 2 billion a second of the slowest tier, 0.4 ms in the fastest.
  static let multiplyAddsPerPiece = 67_108_864
  /// The weight values of a decode piece: about 64 KiB in 4 bits, large against the cost of handing it out.
  static let weightsPerPiece = 131_072

  /// Divides a product of `tokens` activations with a matrix of `rows` and `columns`.
  package init(rows: Int, columns: Int, tokens: Int) {
    self.rows = rows
    self.tokens = tokens
    if tokens < KernelSet.panelTokens {
      tokenPieces = min(1, tokens)
      rowsPerPiece = Self.rounded(Self.weightsPerPiece / columns / max(tokens, 1))
    } else {
      let wanted = min(256, max(KernelSet.panelTokens, Self.multiplyAddsPerPiece / columns / Self.rowsPerPanel))
      tokenPieces = max(1, tokens / wanted)
      rowsPerPiece = Self.rounded(Self.multiplyAddsPerPiece / columns / ((tokens - 1) / tokenPieces + 1))
    }
  }

  /// The rows of the widest panel; pieces are multiples of them.
  static let rowsPerPanel = 32

  private static func rounded(_ rows: Int) -> Int { max(rowsPerPanel, rows / rowsPerPanel * rowsPerPanel) }

  private var rowPieces: Int { (rows + rowsPerPiece - 1) / rowsPerPiece }

  /// The number of pieces.
  package var pieces: Int { rowPieces * tokenPieces }

  /// The rows of piece `index`; consecutive pieces are consecutive rows of the same tokens.
  package func rows(of index: Int) -> Range<Int> {
    let begin = index % rowPieces * rowsPerPiece
    return begin..<min(begin + rowsPerPiece, rows)
  }

  /// The tokens of piece `index`.
  package func tokens(of index: Int) -> Range<Int> {
    let part = index / rowPieces
    return part * tokens / tokenPieces..<(part + 1) * tokens / tokenPieces
  }
}
