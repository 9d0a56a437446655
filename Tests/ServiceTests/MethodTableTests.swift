import JSON
import OrderedCollections
import Service
import TestSupport
import Testing

@Suite("The list of methods")
struct MethodTableTests {
  @Test("is sorted by name, and no name stands twice")
  func order() {
    let names = MethodTable.all.map(\.name)
    #expect(names == names.sorted())
    #expect(Set(names).count == names.count)
  }

  @Test("has names of the form area/verb", arguments: MethodTable.all.map(\.name))
  func names(name: String) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    #expect(parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isLowercase } })
  }

  @Test("has one file for each method, and a method for each file")
  func files() throws {
    let files = Repository.files(below: "Sources/Service/Methods", endings: [".swift"])
      .filter { !$0.hasSuffix("/MethodTable.swift") }
      .map { path in
        let parts = path.dropLast(6).split(separator: "/").suffix(2)
        let area = parts.first ?? ""
        // `Model/ModelInspect.swift`: the compiler wants every file of a module to have a name of its own.
        guard let file = parts.last, file.hasPrefix(area) else { return path }
        return "\(area)/\(file.dropFirst(area.count))".lowercased()
      }
    #expect(files.sorted() == MethodTable.all.map(\.name))
  }

  @Test("describes every parameter and reply field with a sentence", arguments: MethodTable.all.map(\.name))
  func sentences(name: String) throws {
    let method = try #require(MethodTable.all.first { $0.name == name })
    #expect(method.summary.hasSuffix("."))
    #expect(!method.summary.dropLast().contains(". "))
    #expect(!method.discussion.isEmpty)
    #expect(!method.examples.isEmpty)
    let documents = [method.params, method.reply].map { $0.document() }
    for document in documents {
      for (field, schema) in document["properties"]?.object ?? [:] {
        #expect(schema["description"]?.string?.hasSuffix(".") == true, "\(name): \(field)")
      }
    }
  }
}

@Suite("Generated files")
struct GeneratedFilesTests {
  @Test("are those that are checked in")
  func areFresh() async throws {
    let files = try await GeneratedFiles.all()
    for (path, text) in files.sorted(by: { $0.key < $1.key }) {
      #expect(Repository.text(path) == text, "\(path) is stale: run `swift run edgewise-generate`")
    }
    let others = Repository.files(below: "schemas", endings: [""]).filter { files[$0] == nil }
    #expect(others == [])
  }
}
