/// A complaint or a described symptom that was recognized, and by which words.
package struct RecognizedWords<Match: Sendable>: Sendable {
  package var match: Match
  /// The words that were found, one for each group.
  package var words: [String]

  package init(match: Match, words: [String]) {
    self.match = match
    self.words = words
  }
}
