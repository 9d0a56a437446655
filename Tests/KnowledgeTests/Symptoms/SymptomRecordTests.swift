import Knowledge
import Testing

/// What a log line looks like around the text that each kind of record looks for.
@Suite struct SymptomRecordTests {
  static let scanner = try? LogScanner(symptoms: Symptom.catalogue.records)
  static let inLogs = Symptom.catalogue.records.filter { $0.match != "concept" }
  static let inWords = Symptom.catalogue.records.filter { $0.match == "concept" }

  /// Lines for the expressions, which no line can be derived from.
  static let linesOfExpressions = [
    "lcp-conv-arch": "ERROR:hf-to-gguf:Model MyNewForCausalLM is not supported",
    "lcp-loading503": #"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#,
    "lcp-noarg-mmap": "error: invalid argument: --no-mmap",
    "lcp-quant-cols":
      "ncols  896 not divisible by 256, required for type q4_K",
    "mlx-extra-params": "ValueError: Received 12 parameters not in model:",
    "mlx-missing-params": "ValueError: Missing 3 parameters:",
    "mlx-modeltype": "ValueError: Model type qwen9_moe not supported.",
  ]

  @Test("the facts read, and there are no two records of one name")
  func records() {
    #expect(Symptom.catalogue.error == nil)
    let ids = Symptom.catalogue.records.map(\.id)
    #expect(ids.count >= 140)
    #expect(Set(ids).count == ids.count)
  }

  @Test("every expression is one that the matcher can use")
  func expressions() throws {
    _ = try LogScanner(symptoms: Symptom.catalogue.records)
    let ids = Self.inLogs.filter { $0.match.hasPrefix("regex: ") }.map(\.id)
    #expect(ids.sorted() == Self.linesOfExpressions.keys.sorted())
  }

  @Test("a record matches in one of the known ways, names a source and leads to rules that exist")
  func fields() {
    for symptom in Symptom.catalogue.records {
      #expect(symptom.match == "substring" || symptom.match == "concept" || symptom.match.hasPrefix("regex: "))
      #expect((symptom.match == "concept") == (symptom.words != nil), "\(symptom.id)")
      #expect(!symptom.source.isEmpty && !symptom.cause.isEmpty)
      #expect(!symptom.fixSteps.isEmpty)
      #expect(!symptom.fix.hasPrefix("As above"), "\(symptom.id) points at another record")
      for code in symptom.rules ?? [] { #expect(RuleBook.rule(code: code) != nil, "\(symptom.id): \(code)") }
    }
  }

  @Test("a message is found in a realistic line, at its line, whatever stands around it", arguments: inLogs)
  func message(_ symptom: Symptom) throws {
    let scanner = try #require(Self.scanner)
    let core = Self.linesOfExpressions[symptom.id] ?? "error: " + symptom.pattern + " (tail 42)"
    let log = "starting up\r\n\u{1B}[31m2026-11-23T10:00:00 \(core)\u{1B}[0m\r\nbye\n"
    let scan = scanner.scan(LogText(log))
    let hit = try #require(scan.hits.first { $0.symptom.id == symptom.id })
    #expect(hit.places.map(\.line) == [2])
    #expect(hit.places[0].excerpt.contains("10:00:00"))
    #expect(!hit.places[0].excerpt.contains("\u{1B}"))
    #expect(scan.lineCount == 3)
  }

  @Test("a complaint is recognized in its own words", arguments: inWords)
  func complaint(_ symptom: Symptom) {
    let found = Symptom.recognize("Hello, \(symptom.pattern)!", among: Symptom.catalogue.records)
    #expect(found.contains { $0.match.id == symptom.id })
  }

  @Test("a quiet log has no symptom")
  func quiet() throws {
    let scanner = try #require(Self.scanner)
    let log = """
      main: build = 11059
      llama_model_loader: loaded meta data with 30 key-value pairs
      load_tensors: offloaded 33/33 layers to GPU
      main: server is listening on http://127.0.0.1:8080 - starting the main loop
      """
    #expect(scanner.scan(LogText(log)).hits.isEmpty)
  }

  @Test("steps are parted by semicolons outside of parentheses")
  func steps() throws {
    let symptom = try #require(Symptom.catalogue.record("lcp-kv-alloc"))
    #expect(symptom.fixSteps.count >= 4)
    #expect(symptom.fixSteps[0] == "Lower -c/--ctx-size")
  }
}
