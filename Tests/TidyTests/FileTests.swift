import TestSupport
import Testing

@Suite("Files")
struct FileTests {
  static let swift = ["Sources", "Tests"].flatMap { Repository.files(below: $0, endings: [".swift"]) }
  static let code = ["Sources", "Tests"].flatMap {
    Repository.files(below: $0, endings: [".swift", ".c", ".h", ".inc", ".py"])
  }

  @Test("No file has more than 500 lines")
  func size() throws {
    for file in Self.code {
      let lines = try #require(Repository.bytes(file)).count { $0 == UInt8(ascii: "\n") }
      #expect(lines <= 500, "\(file) has \(lines) lines")
    }
  }

  @Test("Most files are short: half under 110 lines, nine in ten under 300")
  func sizes() throws {
    let sizes = Self.swift.filter { $0.hasPrefix("Sources") }
      .compactMap { Repository.bytes($0)?.count { $0 == UInt8(ascii: "\n") } }.sorted()
    #expect(sizes[sizes.count / 2] < 110)
    #expect(sizes[sizes.count * 9 / 10] < 300)
  }

  @Test("A file is named for the type that it declares or extends")
  func names() throws {
    for file in Self.swift where file.hasPrefix("Sources") && !file.hasSuffix("/main.swift") {
      let stem = String(try #require(file.split(separator: "/").last).dropLast(6))
      let type = String(stem.split(separator: "+")[0])
      let text = try #require(Repository.text(file))
      let kinds = ["struct", "enum", "class", "actor", "protocol", "typealias", "extension", "func"]
      let folder = String(file.split(separator: "/").dropLast().last ?? "")
      let wanted = file.contains("Service/Methods/") ? [type, folder + type] : [type]
      let isDeclared = wanted.contains { name in
        kinds.contains { text.contains("\($0) \(name)") || text.contains("\($0) `\(name)`") }
      }
      #expect(isDeclared, "\(file) declares no \(type)")
    }
  }

  static let emptyNames = [
    "Utilities", "Utils", "Helpers", "Helper", "Common", "Core", "Manager", "Extensions", "Misc",
  ]

  @Test("No file or folder has a name that says nothing")
  func emptyNames() {
    for file in Self.code {
      for part in file.split(separator: "/").map({ String($0.split(separator: ".")[0]) }) {
        #expect(!Self.emptyNames.contains { part.hasSuffix($0) }, "\(file)")
      }
    }
  }

  /// Spelled in pieces so that this file does not contain them.
  static let banned = [
    "nonisolated" + "(unsafe)", "fatal" + "Error(", "try" + "! ", " as" + "! ", "TO" + "DO", "FIX" + "ME", "XX" + "X",
    "." + "disabled(", "/" + "work/", "/" + "root/",
  ]

  @Test("No file contains a trap, a left-over or a path of the machine that it was written on")
  func bannedWords() throws {
    for file in Self.code {
      let text = try #require(Repository.text(file))
      for word in Self.banned { #expect(!text.contains(word), "\(file) contains \(word)") }
    }
  }

  @Test("Unchecked sendability is used once, for the mapped model file")
  func uncheckedSendable() {
    let users = Self.swift.filter { Repository.text($0)?.contains("@unchecked" + " Sendable") == true }
    #expect(users == ["Sources/ModelFiles/Files/MappedFile.swift"])
  }
}
