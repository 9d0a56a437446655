import TestSupport
import Testing

/// The table in `Sources/README.md`: which target may import which.
struct House {
  let allowed: [String: Set<String>]

  init() throws {
    let page = try #require(Repository.text("Sources/README.md"))
    var allowed: [String: Set<String>] = [:]
    for line in page.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.trimming(" ") }
      guard cells.count == 3 else { continue }
      let names = cells[2].split(separator: ",").map { $0.trimming(" `") }.filter { $0 != "-" }
      allowed[cells[0].trimming("`")] = Set(names)
    }
    self.allowed = allowed
  }
}

extension StringProtocol {
  func trimming(_ characters: String) -> String {
    var text = Substring(self)
    while let first = text.first, characters.contains(first) { text.removeFirst() }
    while let last = text.last, characters.contains(last) { text.removeLast() }
    return String(text)
  }
}

@Suite("The house")
struct HouseTests {
  static let targets = Repository.names("Sources").filter { Repository.isFolder("Sources/\($0)") }

  @Test("Every target has a row in the table, and every row a target")
  func tableIsComplete() throws {
    #expect(try House().allowed.keys.sorted() == Self.targets)
  }

  @Test("A target imports only what its row allows", arguments: targets)
  func imports(target: String) throws {
    let house = try House()
    let allowed = try #require(house.allowed[target])
    let files = Repository.files(below: "Sources/\(target)", endings: [".swift"])
    #expect(!files.isEmpty || target.hasPrefix("C"))
    for file in files {
      let text = try #require(Repository.text(file))
      for line in text.split(separator: "\n") {
        let words = line.split(separator: " ")
        guard let index = words.firstIndex(of: "import"), words.count > index + 1, index <= 1 else { continue }
        let module = String(words[index + 1].split(separator: ".")[0])
        guard house.allowed[module] != nil, module != target else { continue }
        #expect(allowed.contains(module), "\(file) imports \(module)")
      }
    }
  }

  @Test("No file imports all of Foundation, which would cost start-up time and memory")
  func noFoundation() throws {
    for file in Repository.files(below: "Sources", endings: [".swift"]) {
      let text = try #require(Repository.text(file))
      #expect(!text.contains("import Foundation\n"), "\(file)")
    }
  }

  @Test("The manifest gives each target exactly the dependencies of its row")
  func manifest() throws {
    let manifest = try #require(Repository.text("Package.swift"))
    for (target, allowed) in try House().allowed {
      for other in allowed {
        #expect(manifest.contains("\"\(other)\""), "\(target) may import \(other), which the manifest does not have")
      }
    }
  }

  @Test("The top level holds what a newcomer expects, and nothing else")
  func topLevel() {
    let known: Set = ["Package.resolved", "Package.swift", "README.md", "Sources", "Tests", "editors", "schemas"]
    let others = Repository.names("").filter { !$0.hasPrefix(".") && !known.contains($0) }
    #expect(others == [])
  }

  @Test("Each top-level folder explains itself", arguments: ["Sources", "Tests", "schemas", "editors"])
  func readme(folder: String) throws {
    if Repository.isFolder(folder) { #expect(Repository.text("\(folder)/README.md") != nil) }
  }
}
