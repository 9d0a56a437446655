#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A reader under libFuzzer: takes any bytes, and must neither trap, nor hang, nor use more memory than the run allows.
struct Harness: Sendable {
  /// The name that `Tests/Fuzzing/run` takes, and of the folder of its seeds.
  let name: String
  /// Reads the bytes as a model and describes it; a clear error is a good outcome.
  let read: @Sendable (UnsafeRawBufferPointer) -> Void

  /// One line for each reader.
  static let all: [Harness] = [.diffusers, .gguf, .huggingface, .index, .ollama, .onnx, .openvino, .safetensors]

  /// The harness that the environment names.
  static let chosen: Harness? = getenv("EDGEWISE_READER").flatMap { name in
    all.first { $0.name == String(cString: name) }
  }
}

/// What libFuzzer calls once for every input.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard let harness = Harness.chosen else {
    let text = "EDGEWISE_READER must be one of: \(Harness.all.map(\.name).joined(separator: ", "))\n"
    _ = text.withCString { write(STDERR_FILENO, $0, text.utf8.count) }
    exit(2)
  }
  harness.read(UnsafeRawBufferPointer(start: start, count: count))
  return 0
}
