import Service

/// Text as the system hands it over: bytes, which the language would repair without a word.
enum ArgumentBytes {
  /// Throws the failure that names the first argument of the process that is not UTF-8.
  static func requireText() throws(Failure) {
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[index] else { continue }
      let bytes = UnsafeBufferPointer(start: argument, count: length(argument)).map { UInt8(bitPattern: $0) }
      _ = try text(bytes, named: "argument \(index)")
    }
  }

  /// The text of UTF-8; throws the failure that names the first byte that is wrong.
  static func text(_ bytes: [UInt8], named name: String) throws(Failure) -> String {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var place = 0
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): place += UTF8.width(scalar)
      case .emptyInput: return String(decoding: bytes, as: UTF8.self)
      case .error:
        throw Failure(
          .invalidParams,
          "\(name) is not valid UTF-8 at byte \(place) (0x\(String(bytes[place], radix: 16))); convert the text to UTF-8"
        )
      }
    }
  }

  private static func length(_ text: UnsafePointer<CChar>) -> Int {
    var count = 0
    while text[count] != 0 { count += 1 }
    return count
  }
}
