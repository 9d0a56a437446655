import JSON
import OrderedCollections
import Testing

struct SchemaTests {
  static let quantity = Schema.named(
    "Quantity",
    .record(
      "A number.",
      [.required("value", .number, "The value."), .required("evidence", .string(["measured", "assumed"]))]))

  static let schema = Schema.object(
    "A request.",
    [
      .required("model", .text, "The model."),
      .optional("contextTokens", .integer(1...1_000_000), "How many tokens."),
      .optional("fraction", .number(above: 0, through: 1)),
      .optional("formats", .array(.string(["Q4_0", "Q8_0"]), count: 1...3)),
      .optional("speed", .nullable(quantity)),
      .optional("sizes", .map(of: .integer)),
      .optional(
        "target", .oneOf([.integer, .object([.required("kind", .constant("rate")), .required("rate", .number)])])),
    ])

  static let valid: [JSON] = [
    ["model": "m"],
    ["model": "m", "contextTokens": 1, "fraction": 1, "formats": ["Q4_0"], "speed": nil, "sizes": ["a": 1]],
    ["model": "m", "contextTokens": 4096.0, "speed": ["value": 1, "evidence": "assumed", "more": true]],
    ["model": "m", "target": 5],
    ["model": "m", "target": ["kind": "rate", "rate": 5]],
  ]

  @Test(arguments: valid)
  func `accepts what is described`(value: JSON) {
    #expect(Self.schema.violations(in: value) == [])
  }

  static let invalid: [(JSON, String, String, String, String?)] = [
    (nil, "", "an object with model, contextTokens", "null", nil),
    ([:], "/model", "a string of at least 1 characters", "nothing: this field is required", nil),
    (["model": ""], "/model", "a string of at least 1 characters", "\"\"", nil),
    (["model": 5], "/model", "a string", "5", nil),
    (["model": "m", "modle": 1], "/modle", "only the fields model", "the unknown field \"modle\"", nil),
    (["model": "m", "context_tokens": 1], "/context_tokens", "only", "\"context_tokens\"", "contextTokens"),
    (["model": "m", "contextTokens": 0], "/contextTokens", "an integer from 1 to 1000000", "0", nil),
    (["model": "m", "contextTokens": 1.5], "/contextTokens", "an integer", "1.5", nil),
    (["model": "m", "contextTokens": "8"], "/contextTokens", "an integer", "\"8\"", nil),
    (["model": "m", "contextTokens": nil], "/contextTokens", "an integer", "null", nil),
    (["model": "m", "fraction": 0], "/fraction", "a number greater than 0.0 and of at most 1.0", "0", nil),
    (["model": "m", "formats": []], "/formats", "an array of 1 to 3 elements", "0 elements", nil),
    (["model": "m", "formats": ["Q4_0", "Q80"]], "/formats/1", "one of \"Q4_0\", \"Q8_0\"", "\"Q80\"", "Q8_0"),
    (["model": "m", "speed": ["evidence": "assumed"]], "/speed/value", "a number", "nothing", nil),
    (["model": "m", "speed": 3], "/speed", "or null", "3", nil),
    (["model": "m", "sizes": ["a/b": "x"]], "/sizes/a~1b", "an integer", "\"x\"", nil),
    (["model": "m", "target": ["kind": "rate", "rate": "x"]], "/target/rate", "a number", "\"x\"", nil),
    (["model": "m", "target": "x"], "/target", "an integer or an object with kind, rate", "\"x\"", nil),
  ]

  @Test(arguments: invalid)
  func `says where, what was expected and what was found`(
    value: JSON, pointer: String, expected: String, found: String, hint: String?
  ) throws {
    let violation = try #require(Self.schema.violations(in: value).first)
    #expect(violation.pointer == pointer)
    #expect(violation.expected.contains(expected), "\(violation)")
    #expect(violation.found.contains(found), "\(violation)")
    if let hint { #expect(violation.didYouMean == hint) }
  }

  @Test func `a value that fits two alternatives fits none`() {
    let schema = Schema.oneOf([.integer, .number])
    #expect(schema.accepts(1.5))
    #expect(schema.violations(in: 1).first?.found.contains("fits 2") == true)
  }

  @Test func `the number of violations is limited, and what was found is cut`() throws {
    let many = JSON.array(Array(repeating: "x", count: 1000))
    #expect(Schema.array(.integer).violations(in: many).count == 16)
    let long = JSON.string(String(repeating: "x", count: 1_000_000))
    let violation = try #require(Schema.integer.violations(in: long).first)
    #expect(violation.found.count <= 81)
  }

  @Test func `prints JSON Schema with references and their definitions`() throws {
    let document = Self.schema.document(references: .definitions)
    #expect(
      try document.text() == """
        {"type":"object","properties":{"model":{"type":"string","minLength":1,"description":"The model."},\
        "contextTokens":{"type":"integer","minimum":1,"maximum":1000000,"description":"How many tokens."},\
        "fraction":{"type":"number","exclusiveMinimum":0,"maximum":1},\
        "formats":{"type":"array","items":{"type":"string","enum":["Q4_0","Q8_0"]},"minItems":1,"maxItems":3},\
        "speed":{"oneOf":[{"$ref":"#/$defs/Quantity"},{"type":"null"}]},\
        "sizes":{"type":"object","additionalProperties":{"type":"integer"}},\
        "target":{"oneOf":[{"type":"integer"},{"type":"object","properties":{"kind":{"const":"rate"},\
        "rate":{"type":"number"}},"required":["kind","rate"],"additionalProperties":false}]}},\
        "required":["model"],"additionalProperties":false,"description":"A request."}
        """)
    #expect(Self.schema.definitions(references: .components)["Quantity"]?["required"] == ["value", "evidence"])
    #expect(Self.schema.standaloneDocument()["$defs"]?["Quantity"] != nil)
    #expect(Self.quantity.document(references: .components) == ["$ref": "#/components/schemas/Quantity"])
    #expect(Self.quantity.document(references: .inline)["type"] == "object")
  }

  static let spellings: [(String, String?)] = [
    ("quantisation/advise", "quantization/advise"), ("hardware/asess", "hardware/assess"),
    ("HARDWARE/ASSESS", "hardware/assess"),
    ("xyz", nil), ("", nil), ("hadrware/assess", "hardware/assess"),
  ]

  @Test(arguments: spellings)
  func `finds the name that was meant`(word: String, name: String?) {
    #expect(Spelling.nearest(to: word, among: ["hardware/assess", "quantization/advise", "model/inspect"]) == name)
  }

  @Test func `finds several names that may have been meant, the nearest first`() {
    let names = ["llama-3.1-8b", "llama-3.2-1b", "qwen3-4b", "qwen3-8b"]
    #expect(Spelling.nearest(to: "lama-3.2-1b", among: names, limit: 3) == ["llama-3.2-1b", "llama-3.1-8b"])
    #expect(Spelling.nearest(to: "Qwen3", among: names, limit: 3) == ["qwen3-4b", "qwen3-8b"])
    #expect(Spelling.nearest(to: "qw", among: names, limit: 3).isEmpty)
    #expect(Spelling.nearest(to: String(repeating: "x", count: 100_000), among: names, limit: 3).isEmpty)
  }
}
