import Knowledge
import Testing

@Suite struct ComplaintTests {
  @Test(
    "plain words are understood",
    arguments: [
      ("Slow first token", "slow-first-token"),
      ("it runs out of memory after a while", "out-of-memory"),
      ("Gibberish output", "gibberish"),
      ("the model will not load", "does-not-load"),
      ("Illegal instruction (core dumped)", "illegal-instruction"),
      ("my GPU is not used at all", "gpu-not-used"),
      ("very slow!", "slow-generation"),
      ("it GETS SLOWER the longer we talk", "gets-slower"),
      ("latency varies a lot", "uneven-speed"),
      ("takes long to load", "slow-load"),
      ("accuracy dropped after quantizing", "accuracy-lost"),
      ("the disk is busy, heavy swapping", "swapping"),
      ("pip cannot resolve: dependency conflict", "version-conflict"),
      ("nvidia-smi shows no device", "driver-trouble"),
      ("it crashes", "crashes-on-load"),
    ])
  func understood(_ text: String, _ code: String) {
    #expect(Complaint.recognize(text).map(\.match.code).contains(code))
  }

  @Test("words inside other words do not count", arguments: ["bloom", "boomerang", "the zoom room", "unslowable", ""])
  func parts(_ text: String) {
    #expect(Complaint.recognize(text).isEmpty)
  }

  @Test("the table is sorted, unique and leads to rules that exist")
  func table() {
    let codes = Complaint.all.map(\.code)
    #expect(codes == codes.sorted())
    #expect(Set(codes).count == codes.count)
    for complaint in Complaint.all {
      #expect(!complaint.candidates.isEmpty)
      for code in complaint.candidates { #expect(RuleBook.rule(code: code) != nil, "\(complaint.code): \(code)") }
      for word in complaint.words.joined() { #expect(word == word.lowercased()) }
    }
  }
}
