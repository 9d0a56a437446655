import CExpat

/// What an XML document tells its reader, in the order of the file.
protocol XMLHandler: AnyObject {
  /// An element starts; a thrown error ends the reading.
  func start(_ name: String, _ attributes: [String: String]) throws(ModelFileError)
  /// The element that started last ends.
  func end(_ name: String) throws(ModelFileError)
}

/// Pushes a mapped XML file through expat, piece by piece, with bounds on everything that a file could make large.
///
/// Document types are refused as they begin, so there are no entities but XML's own five.
final class XMLReader {
  /// Deeper than any model file nests.
  static let mostDepth = 64
  static let mostAttributes = 64
  /// A tag with its attributes is not longer.
  static let mostTagBytes = 1 << 20
  /// Expat keeps each different name; a model file has a few hundred.
  static let mostNames = 4096
  /// Longer than any model's graph.
  static let mostBytes = 1 << 30
  private static let pieceBytes = 1 << 16

  private let file: MappedFile
  private let handler: any XMLHandler
  private let parser: XML_Parser
  private var failure: ModelFileError?
  private var depth = 0
  private var names: Set<String> = []

  /// Reads all of `file`.
  static func read(_ file: MappedFile, _ handler: any XMLHandler) throws(ModelFileError) {
    guard let parser = XML_ParserCreate(nil) else {
      throw ModelFileError(.unreadable, "There is no memory left to read the file.", path: file.path)
    }
    defer { XML_ParserFree(parser) }
    let reader = XMLReader(file, handler, parser)
    try withExtendedLifetime(reader) { () throws(ModelFileError) in try reader.run() }
  }

  private init(_ file: MappedFile, _ handler: any XMLHandler, _ parser: XML_Parser) {
    self.file = file
    self.handler = handler
    self.parser = parser
  }

  private func run() throws(ModelFileError) {
    guard file.bytes.count <= Self.mostBytes else {
      throw ModelFileError(
        .malformed, "The file has \(file.bytes.count) bytes; no model's XML file is longer than 1 GiB.", path: file.path
      )
    }
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in
      XMLReader.of(user)?.fail(
        "The file has a document type (<!DOCTYPE>), which model files do not have and which is refused because it can "
          + "define entities. Do not use this model unless you know where it comes from.")
    }
    XML_SetElementHandler(
      parser,
      { user, name, attributes in
        guard let name, let attributes else { return }
        XMLReader.of(user)?.start(name, attributes)
      },
      { user, name in
        guard let name else { return }
        XMLReader.of(user)?.end(name)
      })
    try push()
  }

  private func push() throws(ModelFileError) {
    let bytes = file.bytes
    var offset = 0
    while offset < bytes.count {
      let count = min(Self.pieceBytes, bytes.count - offset)
      let start = bytes.baseAddress?.advanced(by: offset).assumingMemoryBound(to: CChar.self)
      offset += count
      let status = XML_Parse(parser, start, CInt(count), offset == bytes.count ? 1 : 0)
      if let failure { throw failure }
      let place = Int(XML_GetCurrentByteIndex(parser))
      guard status == XML_STATUS_OK else { throw syntax(at: place) }
      guard offset - place <= Self.mostTagBytes + Self.pieceBytes else {
        throw malformed("A tag, text or comment is longer than 1 MiB.", at: place)
      }
    }
  }

  private func start(_ name: UnsafePointer<CChar>, _ pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>) {
    guard failure == nil else { return }
    depth += 1
    guard depth <= Self.mostDepth else {
      return fail("Elements lie inside each other more than \(Self.mostDepth) deep.")
    }
    var attributes: [String: String] = [:]
    var index = 0
    while let key = pairs[index], let value = pairs[index + 1] {
      guard index < 2 * Self.mostAttributes else {
        return fail("An element has more than \(Self.mostAttributes) attributes.")
      }
      let key = String(cString: key)
      names.insert(key)
      attributes[key] = String(cString: value)
      index += 2
    }
    let name = String(cString: name)
    names.insert(name)
    guard names.count <= Self.mostNames else { return fail("There are more than \(Self.mostNames) different names.") }
    do throws(ModelFileError) { try handler.start(name, attributes) } catch { stop(error) }
  }

  private func end(_ name: UnsafePointer<CChar>) {
    guard failure == nil else { return }
    depth -= 1
    do throws(ModelFileError) { try handler.end(String(cString: name)) } catch { stop(error) }
  }

  private func fail(_ message: String) { stop(malformed(message, at: Int(XML_GetCurrentByteIndex(parser)))) }

  private func stop(_ error: ModelFileError) {
    guard failure == nil else { return }
    var error = error
    error.path = error.path ?? file.path
    error.byteOffset = error.byteOffset ?? Int(XML_GetCurrentByteIndex(parser))
    failure = error
    XML_StopParser(parser, 0)
  }

  private func syntax(at place: Int) -> ModelFileError {
    let code = XML_GetErrorCode(parser)
    let isShort = [
      XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_PARTIAL_CHAR, XML_ERROR_UNCLOSED_CDATA_SECTION,
    ].contains(code)
    let reason = XML_ErrorString(code).map { String(cString: $0) } ?? "damaged"
    return ModelFileError(
      isShort ? .truncated : .malformed,
      "The XML cannot be read (\(reason)). The file is \(isShort ? "truncated" : "damaged"): download or copy it again.",
      path: file.path, byteOffset: min(max(0, place), file.bytes.count))
  }

  private func malformed(_ message: String, at place: Int) -> ModelFileError {
    ModelFileError(
      .malformed, message + " The file is damaged, or no OpenVINO model.", path: file.path,
      byteOffset: min(max(0, place), file.bytes.count))
  }

  private static func of(_ user: UnsafeMutableRawPointer?) -> XMLReader? {
    user.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
  }
}
