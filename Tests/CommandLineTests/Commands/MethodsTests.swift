import JSON
import Testing

@Suite("edgewise methods")
struct MethodsTests {
  @Test("lists every method of the discovery document with its summary")
  func list() throws {
    let document = try JSON.parse(try Child.run(["methods", "--json"]).output)
    let methods = try #require(document["methods"]?.array)
    #expect(!methods.isEmpty)
    let words = try Child.run(["methods"]).output.split(whereSeparator: \.isWhitespace).map(String.init)
    for method in methods { #expect(words.contains(try #require(method["name"]?.string))) }
  }

  @Test("lists those of one area")
  func area() throws {
    let child = try Child.run(["methods", "benchmark"])
    #expect(child.output.contains("benchmark/list"))
    #expect(!child.output.contains("hardware/"))
  }

  @Test("says so when none begins with the word")
  func none() throws {
    let child = try Child.run(["methods", "nothing"])
    #expect(child.status == 2)
    #expect(child.error.contains("no method begins with nothing"))
  }

  @Test("every example that a method's help shows can be parsed again")
  func examples() throws {
    let document = try JSON.parse(try Child.run(["methods", "--json"]).output)
    for method in document["methods"]?.array ?? [] {
      for example in method["x-examples"]?.array ?? [] {
        let params = try #require(example["params"])
        #expect(try JSON.parse(params.text()) == params)
      }
    }
  }
}
