/// How a text is cut into words before byte-pair encoding, by the name in `tokenizer.ggml.pre`.
package struct PreTokenizer: Sendable {
  package let name: String
  let stages: [SplitStage]
  /// Whether a word that is a token is taken as it is, without merging (`ignore_merges` in `tokenizer.json`).
  var takesWholeWords = false
  /// Whether the text is brought into Normalization Form C before it is cut.
  var normalizes = false
  /// Whether a sequence begins with the token for it, where the file does not say.
  var addsBeginning = false

  /// Finds the pre-tokenizer of that name, or nil.
  package init?(name: String) {
    guard let family = Self.families.first(where: { $0.names.contains(name) }) else { return nil }
    self = family.make(name)
  }

  /// The names that are known, sorted.
  package static let names = families.flatMap(\.names).sorted()

  private init(
    _ name: String, _ stages: [SplitStage], takesWholeWords: Bool = false, normalizes: Bool = false,
    addsBeginning: Bool = false
  ) {
    self.name = name
    self.stages = stages
    self.takesWholeWords = takesWholeWords
    self.normalizes = normalizes
    self.addsBeginning = addsBeginning
  }

  private struct Family: Sendable {
    let names: [String]
    let make: @Sendable (String) -> PreTokenizer
  }

  /// The names are those that llama.cpp's converter writes (`get_vocab_base_pre`); the pattern of each is that of the
  /// model's `tokenizer.json`.
  private static let families: [Family] = [
    // Llama 3, SmolLM3, LFM2.
    Family(names: ["falcon-h1", "falcon3", "lfm2", "llama-bpe", "llama-v3", "llama3", "midm-2.0", "pixtral"]) {
      PreTokenizer(
        $0, [.words(.cl100k(mostDigits: 3, marksAreLetters: false))], takesWholeWords: true, addsBeginning: true)
    },
    // Phi-4, Granite 4, OLMo 2.
    Family(names: ["chatglm-bpe", "dbrx", "olmo2", "smaug-bpe"]) {
      PreTokenizer($0, [.words(.cl100k(mostDigits: 3, marksAreLetters: false))])
    },
    Family(names: ["glm4"]) {
      PreTokenizer($0, [.words(.cl100k(mostDigits: 3, marksAreLetters: false))], takesWholeWords: true)
    },
    // Qwen 2 to 3.
    Family(names: ["deepseek-r1-qwen", "megrez", "qwen2"]) {
      PreTokenizer($0, [.words(.cl100k(mostDigits: 1, marksAreLetters: false))], normalizes: true)
    },
    Family(names: ["stablelm2"]) { PreTokenizer($0, [.words(.cl100k(mostDigits: 1, marksAreLetters: false))]) },
    Family(names: ["qwen35"]) {
      PreTokenizer($0, [.words(.cl100k(mostDigits: 1, marksAreLetters: true))], normalizes: true)
    },
    // gpt-oss, Phi-4-mini, Llama 4.
    Family(names: ["gpt-4o", "kanana2", "llama4"]) {
      PreTokenizer($0, [.words(.o200k(mostDigits: 3, hasContractions: true))])
    },
    // Ministral 3, Mistral Nemo.
    Family(names: ["tekken"]) {
      PreTokenizer(
        $0, [.words(.o200k(mostDigits: 1, hasContractions: false))], takesWholeWords: true, addsBeginning: true)
    },
    // SmolLM2, Granite 3, StarCoder.
    Family(names: ["codeshell", "command-r", "exaone", "minerva-7b", "refact", "smollm", "starcoder"]) {
      PreTokenizer($0, [.numbers(most: 1), .words(.gpt2)])
    },
    Family(names: ["exaone4", "gigachat", "gpt-2", "jais", "modern-bert", "mpt", "phi-2", "roberta-bpe", "trillion"]) {
      PreTokenizer($0, [.words(.gpt2)])
    },
    // OLMo 1 normalizes as GPT-NeoX does.
    Family(names: ["olmo"]) { PreTokenizer($0, [.words(.gpt2)], normalizes: true) },
    Family(names: ["deepseek-v3", "hunyuan-dense"]) {
      PreTokenizer($0, [.numbers(most: 3), .ideographs, .words(.deepSeek3)])
    },
    // What llama.cpp takes for files from before the key was written.
    Family(names: ["default"]) {
      PreTokenizer($0, [.punctuation, .words(.gpt2), .numbers(most: .max), .digitTriples])
    },
    Family(names: ["gemma4"]) { PreTokenizer($0, [.lines]) },
  ]
}

extension PreTokenizer {
  /// Calls `body` with the range of scalars of each piece, in order; together they are the text.
  func split(_ text: ScalarText, _ body: (Range<Int>) throws(TokenizerError) -> Void) throws(TokenizerError) {
    try split(text, 0..<text.count, stage: 0, body)
  }

  private func split(
    _ text: ScalarText, _ range: Range<Int>, stage: Int, _ body: (Range<Int>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    guard stage < stages.count else { return try body(range) }
    var place = range.lowerBound
    var gap = place
    while place < range.upperBound {
      guard let end = stages[stage].matchEnd(in: text, at: place, to: range.upperBound) else {
        place += 1
        continue
      }
      if gap < place { try split(text, gap..<place, stage: stage + 1, body) }
      try split(text, place..<end, stage: stage + 1, body)
      place = end
      gap = end
    }
    if gap < range.upperBound { try split(text, gap..<range.upperBound, stage: stage + 1, body) }
  }
}
