import ModelFiles
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Opening a model file")
struct MappedFileTests {
  @Test("maps the bytes of a regular file")
  func regular() throws {
    let tree = try FileTree([:])
    let bytes = GGUFWriter.small.bytes()
    try tree.write(bytes, to: "small.gguf")
    let file = try MappedFile.open(path: tree.path + "/small.gguf")
    #expect(Array(file.bytes) == bytes)
    #expect(try GGUFFile.open(path: tree.path + "/small.gguf").tensors.count == 3)
  }

  @Test("reads the same after pages were given back, from a file and from a copy that knows its path")
  func released() throws {
    let tree = try FileTree(["file": "some text"])
    let mapped = try MappedFile.open(path: tree.path + "/file")
    let copy = try MappedFile.copying(Array("some text".utf8), path: tree.path + "/file")
    for file in [mapped, copy] {
      file.releasePages()
      #expect(Array(file.bytes) == Array("some text".utf8))
    }
  }

  @Test("says that a file is missing")
  func missing() throws {
    let tree = try FileTree(["file": "text"])
    expect(.notFound, at: tree.path + "/absent.gguf", says: "no such file")
    expect(.notFound, at: tree.path + "/file/below.gguf", says: "no such file")
    expect(.notFound, at: "", says: "empty")
    expect(.notFound, at: tree.path + "/file\0.gguf", says: "zero byte")
  }

  @Test("says that a path is a directory")
  func directory() throws {
    let tree = try FileTree([:])
    expect(.directory, at: tree.path, says: "directory")
  }

  @Test("never waits on a pipe")
  func pipe() throws {
    let tree = try FileTree([:])
    let path = tree.path + "/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    expect(.specialFile, at: path, says: "a pipe")
  }

  @Test("refuses devices", arguments: ["/dev/zero", "/dev/null", "/dev/tty"])
  func device(path: String) {
    expect(.specialFile, at: path, says: "a character device")
  }

  @Test("refuses an empty file")
  func empty() throws {
    let tree = try FileTree(["empty.gguf": ""])
    expect(.notAModel, at: tree.path + "/empty.gguf", says: "0 bytes")
  }

  @Test("says that permission is denied", .enabled(if: geteuid() != 0, "root may read everything"))
  func unreadable() throws {
    let tree = try FileTree(["secret.gguf": "GGUF"])
    let path = tree.path + "/secret.gguf"
    try #require(chmod(path, 0) == 0)
    expect(.notPermitted, at: path, says: "Permission denied")
  }

  @Test("says that a link leads in a circle")
  func loop() throws {
    let tree = try FileTree([:])
    let path = tree.path + "/loop.gguf"
    try #require(symlink(path, path) == 0)
    expect(.unreadable, at: path, says: "cannot read")
  }

  private func expect(_ kind: ModelFileError.Kind, at path: String, says: String) {
    do {
      _ = try GGUFFile.open(path: path)
      Issue.record("\(path) was opened")
    } catch {
      #expect(error.kind == kind, "\(error)")
      #expect(error.message.contains(says), "\(error)")
    }
  }
}
