/// What people say when something is wrong, in plain words, and the rules that may explain it.
package struct Complaint: Codable, Sendable, Hashable {
  /// The stable code, such as `slow-first-token`.
  package var code: String
  /// The complaint as one sentence.
  package var title: String
  /// It is recognized when one word of each group occurs.
  package var words: [[String]]
  /// The codes of the rules that may be behind it, the most frequent first.
  package var candidates: [String]

  init(_ code: String, _ title: String, _ words: [[String]], candidates: [String]) {
    self.code = code
    self.title = title
    self.words = words
    self.candidates = candidates
  }
}

extension Complaint {
  /// The complaints that `text` makes, in the order of the table.
  package static func recognize(_ text: String) -> [RecognizedWords<Complaint>] {
    let plain = PlainWords(text)
    return all.compactMap { complaint in
      plain.find(complaint.words).map { RecognizedWords(match: complaint, words: $0) }
    }
  }
}

extension Symptom {
  /// Those of `symptoms` that `text` describes: complaints by their words, messages by quoting them.
  package static func recognize(_ text: String, among symptoms: [Symptom]) -> [RecognizedWords<Symptom>] {
    let plain = PlainWords(text)
    return symptoms.compactMap { symptom in
      guard let words = symptom.words, let found = plain.find(words) else { return nil }
      return RecognizedWords(match: symptom, words: found)
    }
  }
}
