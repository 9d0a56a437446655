import ModelFiles
import TensorFormats
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("A split model")
struct SplitModelTests {
  @Test("is opened whole from any of its parts", arguments: 1...3)
  func whole(number: Int) throws {
    let tree = try FileTree([:])
    try writeParts(to: tree)
    let file = try GGUFFile.open(path: name(number, in: tree))
    #expect(file.tensors.map(\.name) == (0..<3).map { "blk.\($0).ffn_up.weight" })
    #expect(file.tensors.map(\.fileIndex) == [0, 1, 2])
    for index in 0..<3 {
      let tensor = try #require(file.tensor(named: "blk.\(index).ffn_up.weight"))
      #expect(Array(file.bytes(of: tensor)) == tensors(index)[0].bytes)
    }
    #expect(file.split?.count == 3)
    #expect(file.architecture == "llama")
    let description = ModelDescription(file)
    #expect(description.fileCount == 3)
    #expect(description.parameterCount == 3 * 256)
    #expect(description.fileBytes == file.fileBytes)
  }

  @Test("names the parts that are missing")
  func missing() throws {
    let tree = try FileTree([:])
    try writeParts(to: tree)
    unlink(name(2, in: tree))
    try expect(.missingPart, opening: name(1, in: tree), says: "model-00002-of-00003.gguf")
  }

  @Test("names only a few of many missing parts")
  func manyMissing() throws {
    let tree = try FileTree([:])
    try tree.write(
      GGUFWriter.part(0, of: 60000, tensors: tensors(0), total: 60000).bytes(), to: "model-00001-of-60000.gguf")
    try expect(.missingPart, opening: tree.path + "/model-00001-of-60000.gguf", says: "and 59994 more")
  }

  @Test("is refused when a part has another name")
  func renamed() throws {
    let tree = try FileTree([:])
    try tree.write(GGUFWriter.part(0, of: 3, tensors: tensors(0), total: 3).bytes(), to: "model.gguf")
    try expect(.inconsistentParts, opening: tree.path + "/model.gguf", says: "-00001-of-00003.gguf")
  }

  @Test("is refused when a part is there twice under two names")
  func circle() throws {
    let tree = try FileTree([:])
    try writeParts(to: tree)
    unlink(name(2, in: tree))
    try #require(symlink(name(1, in: tree), name(2, in: tree)) == 0)
    try expect(.inconsistentParts, opening: name(1, in: tree), says: "Expected part 2 of 3, found part 1 of 3")
  }

  @Test("is refused when a part belongs to no split model")
  func foreign() throws {
    let tree = try FileTree([:])
    try writeParts(to: tree)
    try tree.write(GGUFWriter.small.bytes(), to: "model-00002-of-00003.gguf")
    try expect(.inconsistentParts, opening: name(1, in: tree), says: "no part of a split model")
  }

  @Test("is refused when two parts hold the same tensor")
  func sameTensor() throws {
    let tree = try FileTree([:])
    try writeParts(to: tree)
    try tree.write(
      GGUFWriter.part(2, of: 3, tensors: tensors(0), total: 3).bytes(), to: "model-00003-of-00003.gguf")
    try expect(.inconsistentParts, opening: name(1, in: tree), says: "is also in")
  }

  @Test("is refused when the number of tensors is not the stated one")
  func tensorCount() throws {
    let tree = try FileTree([:])
    try writeParts(to: tree, total: 4)
    try expect(.inconsistentParts, opening: name(1, in: tree), says: "hold 3 tensors")
  }

  @Test("names the file in which a part is truncated")
  func truncatedPart() throws {
    let tree = try FileTree([:])
    try writeParts(to: tree)
    let bytes = GGUFWriter.part(1, of: 3, tensors: tensors(1), total: 3).bytes()
    try tree.write(Array(bytes.dropLast(10)), to: "model-00002-of-00003.gguf")
    let error = try #require(throws: ModelFileError.self) { try GGUFFile.open(path: name(1, in: tree)) }
    #expect(error.kind == .truncated)
    #expect(error.path == name(2, in: tree))
  }

  private func tensors(_ index: Int) -> [GGUFWriter.Tensor] {
    [.init("blk.\(index).ffn_up.weight", [64, 4], .q8_0, seed: UInt8(index))]
  }

  private func name(_ number: Int, in tree: FileTree) -> String { "\(tree.path)/model-0000\(number)-of-00003.gguf" }

  private func writeParts(to tree: FileTree, total: Int = 3) throws {
    for index in 0..<3 {
      try tree.write(
        GGUFWriter.part(index, of: 3, tensors: tensors(index), total: total).bytes(),
        to: "model-0000\(index + 1)-of-00003.gguf")
    }
  }

  private func expect(_ kind: ModelFileError.Kind, opening path: String, says: String) throws {
    let error = try #require(throws: ModelFileError.self) { try GGUFFile.open(path: path) }
    #expect(error.kind == kind, "\(error)")
    #expect(error.message.contains(says), "\(error)")
  }
}
