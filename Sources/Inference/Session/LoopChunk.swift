/// How many neighboring pieces of a loop a thread takes at once.
package enum LoopChunk {
  /// The most: about a mebibyte of weights.
  private static let most = 12

  /// Memory is read faster in long runs: a thread takes neighbors together, while enough are left to even out its fellows.
  package static func pieces(of all: Int, threads: Int) -> Int { max(1, min(most, all / (4 * threads))) }
}
