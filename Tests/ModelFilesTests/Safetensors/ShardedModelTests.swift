import ModelFiles
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("A sharded model")
struct ShardedModelTests {
  private let first = "model-00001-of-00002.safetensors"
  private let second = "model-00002-of-00002.safetensors"
  private let index = "model.safetensors.index.json"

  @Test("is opened whole from its folder, its index and any of its files")
  func whole() throws {
    let tree = try tree(index: map([("a.weight", first), ("b.weight", second)]))
    for path in ["", "/" + index, "/" + first, "/" + second] {
      let model = try ModelFile.describe(path: tree.path + path)
      #expect(model.fileCount == 2, "\(path)")
      #expect(model.parameterCount == 48, "\(path)")
      #expect(model.storage == (path.isEmpty ? .folder : .parts))
    }
  }

  @Test(
    "with a file name that leads out of its folder is refused",
    arguments: ["../secret.safetensors", "/etc/passwd", "a/../../b.safetensors", "", "a\\\\b", "~/x", "./x", "a//b"])
  func traversal(name: String) throws {
    let tree = try tree(index: map([("a.weight", name)]))
    let error = try #require(throws: ModelFileError.self) { try ModelFile.open(path: tree.path) }
    #expect(error.kind == .malformed, "\(error)")
    #expect(error.message.contains("refused"), "\(error)")
    #expect(error.path?.hasSuffix(index) == true)
  }

  @Test("may keep its files as links, as caches do")
  func links() throws {
    let blobs = try FileTree([:])
    try blobs.write(SafetensorsWriter([.init("a.weight", "F16", [2, 4])]).bytes(), to: "blob")
    let tree = try FileTree([index: map([("a.weight", first)])])
    #expect(symlink(blobs.path + "/blob", tree.path + "/" + first) == 0)
    #expect(try ModelFile.describe(path: tree.path).parameterCount == 8)
  }

  @Test("that links to itself is refused")
  func cycle() throws {
    let tree = try FileTree([index: map([("a.weight", first)])])
    #expect(symlink(tree.path + "/" + first, tree.path + "/" + first) == 0)
    #expect(throws: ModelFileError.self) { try ModelFile.open(path: tree.path) }
  }

  @Test("names the files that are missing")
  func missing() throws {
    let tree = try FileTree([index: map([("a.weight", first), ("b.weight", second)])])
    let error = try #require(throws: ModelFileError.self) { try ModelFile.open(path: tree.path) }
    #expect(error.kind == .missingPart)
    #expect(error.message.contains("2 of them are missing: \(first), \(second)"), "\(error)")
  }

  @Test("whose index and files do not agree is refused")
  func disagreement() throws {
    for (map, says) in [
      ([("a.weight", first), ("b.weight", first)], "but it is in"),
      ([("a.weight", first), ("b.weight", second), ("c.weight", second)], "such as 'c.weight'"),
    ] {
      let tree = try tree(index: self.map(map))
      if map.count == 2 { try writeBoth(to: tree, firstHasB: false) }
      let index = try #require(throws: ModelFileError.self) {
        var text = self.map(map)
        if map.count == 2 { text = self.map([("a.weight", second), ("b.weight", first)]) }
        try tree.write(Array(text.utf8), to: self.index)
        return try ModelFile.open(path: tree.path)
      }
      #expect(index.kind == .inconsistentParts, "\(index)")
      #expect(index.message.contains(says), "\(index)")
    }
  }

  @Test("whose index is truncated, nested or wrong is refused", arguments: indexes)
  func badIndex(text: String, says: String) throws {
    let tree = try tree(index: text)
    let error = try #require(throws: ModelFileError.self) { try ModelFile.open(path: tree.path) }
    #expect("\(error)".contains(says), "\(error)")
    #expect(error.path?.hasSuffix(index) == true)
  }

  @Test("whose index is cut anywhere is refused")
  func truncations() throws {
    let text = Array(map([("a.weight", first), ("b.weight", second)]).utf8)
    let tree = try tree(index: "{}")
    for length in 1..<text.count {
      try tree.write(Array(text.prefix(length)), to: index)
      let error = try #require(throws: ModelFileError.self, "\(length)") { try ModelFile.open(path: tree.path) }
      #expect(error.kind == .truncated, "\(length): \(error)")
    }
  }

  static let indexes: [(String, String)] = [
    ("{}", "lacks 'weight_map'"), ("[]", "must be an object"), (#"{"weight_map":[]}"#, "must be an object"),
    (#"{"weight_map":{"a":1}}"#, "must be a string"),
    (#"{"weight_map":{"a":"x","a":"y"}}"#, "'a' twice"),
    (#"{"a":"# + String(repeating: "[", count: 100_000), "more than 64 levels"),
    (#"{"weight_map":{"a":"model.safetensors.index.json"}}"#, "header"),
  ]

  private func tree(index text: String) throws -> FileTree {
    let tree = try FileTree([index: text])
    try writeBoth(to: tree, firstHasB: false)
    return tree
  }

  private func writeBoth(to tree: FileTree, firstHasB: Bool) throws {
    try tree.write(SafetensorsWriter([.init("a.weight", "F16", [2, 8])]).bytes(), to: first)
    try tree.write(SafetensorsWriter([.init("b.weight", "F16", [4, 8])]).bytes(), to: second)
  }

  private func map(_ pairs: [(String, String)]) -> String {
    #"{"metadata":{"total_size":96},"weight_map":{"# + pairs.map { "\"\($0.0)\":\"\($0.1)\"" }.joined(separator: ",")
      + "}}"
  }
}
