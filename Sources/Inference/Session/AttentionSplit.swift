import Kernels

/// How the positions that one token sees are divided among pieces of work: by the shape alone, never by the number of threads.
struct AttentionSplit {
  /// Pieces of a layer that keep a large team busy.
  private static let piecesWanted = 16
  /// A part has at least this many positions: the cost of joining is small against it.
  private static let positionsOfPart = 256

  let positions: Int
  let parts: Int
  private let partPositions: Int

  init(positions: Int, kvHeads: Int) {
    self.positions = positions
    let wanted = min(Self.maximumParts(kvHeads: kvHeads), max(1, positions / Self.positionsOfPart))
    let pages = (positions + CellFormat.pagePositions - 1) / CellFormat.pagePositions
    let pagesOfPart = (pages + wanted - 1) / wanted
    partPositions = pagesOfPart * CellFormat.pagePositions
    parts = (pages + pagesOfPart - 1) / pagesOfPart
  }

  /// The most parts that a head's positions are divided into.
  static func maximumParts(kvHeads: Int) -> Int { max(1, piecesWanted / kvHeads) }

  func positions(of part: Int) -> Range<Int> {
    part * partPositions..<min(positions, (part + 1) * partPositions)
  }
}
