import ModelFiles
import Testing

@Suite("A file that is not GGUF")
struct FileSignatureTests {
  /// The first bytes of a file and the name that the error must use.
  struct Sample: Sendable, CustomStringConvertible {
    let description: String
    let bytes: [UInt8]

    init(_ name: String, _ bytes: [UInt8]) {
      description = name
      self.bytes = bytes
    }

    init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }
  }

  static let samples: [Sample] = [
    Sample("a safetensors file", [18, 0, 0, 0, 0, 0, 0, 0] + Array(#"{"__metadata__":{}}"#.utf8)),
    Sample("a PyTorch checkpoint", [0x50, 0x4b, 3, 4] + Array("............archive/data.pkl".utf8)),
    Sample("a zip archive", [0x50, 0x4b, 3, 4] + Array("............word/document.xml".utf8)),
    Sample("a Python pickle", [0x80, 2, 0x7d, 0x71, 0]),
    Sample("an ONNX model", [8, 8, 0x12, 7] + Array("pytorch".utf8)),
    Sample("a LiteRT (TensorFlow Lite) model", [0x1c, 0, 0, 0] + Array("TFL3".utf8)),
    Sample("a GGJT file", "tjgg\u{3}\0\0\0"),
    Sample("an HDF5 (Keras) file", [0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10]),
    Sample("a NumPy array file", [0x93] + Array("NUMPY".utf8)),
    Sample("a gzip archive", [0x1f, 0x8b, 8, 0]),
    Sample("a JSON file", "  {\"architectures\": []}"),
    Sample("an OpenVINO model", "<?xml version=\"1.0\"?>\n<net name=\"m\">"),
    Sample("an HTML page", "<!DOCTYPE html><title>404</title>"),
    Sample("a Git LFS pointer", "version https://git-lfs.github.com/spec/v1\n"),
    Sample("the format is not recognized", "hello world"),
    Sample("starts with the bytes 0x00 0x01", [0, 1]),
  ]

  @Test("is named", arguments: samples)
  func named(sample: Sample) throws {
    let error = try #require(throws: ModelFileError.self) { try GGUFFile.parse(sample.bytes) }
    #expect(error.kind == .notAModel)
    #expect(error.byteOffset == 0)
    #expect(error.message.contains(sample.description), "\(error)")
  }
}
