/// Why a model file cannot be used: what was expected, what was found, where, and what to do.
package struct ModelFileError: Error, Hashable, Sendable, Codable {
  /// The class of the problem, for callers that react differently to each.
  package enum Kind: String, Sendable, Codable, CaseIterable {
    /// Nothing has this path.
    case notFound
    /// The path is a directory.
    case directory
    /// The path is a pipe, a socket or a device.
    case specialFile
    /// The permissions of the file or of a folder above it forbid reading.
    case notPermitted
    /// The system failed to open or map the file.
    case unreadable
    /// The file is not a GGUF file; `message` names the format if it is recognized.
    case notAModel
    /// The file ends before what it declares.
    case truncated
    /// The file contradicts itself or the format.
    case malformed
    /// The GGUF version is not one that is read.
    case unsupportedVersion
    /// A tensor has a numeric format that is not known.
    case unsupportedFormat
    /// A part of a split model is not beside the others.
    case missingPart
    /// The parts of a split model do not belong together.
    case inconsistentParts
    /// Something that must not be replaced has the path to be written.
    case exists
    /// The path to be written cannot be created there.
    case notWritable
    /// The disk has too little room.
    case noSpace
  }

  package var kind: Kind
  /// One or two sentences: the problem, then what to do.
  package var message: String
  /// The file, as the caller named it.
  package var path: String?
  /// The position in the file, counted from 0, where the problem starts; nil when it has none.
  package var byteOffset: Int?

  package init(_ kind: Kind, _ message: String, path: String? = nil, byteOffset: Int? = nil) {
    self.kind = kind
    self.message = message
    self.path = path
    self.byteOffset = byteOffset
  }
}

extension ModelFileError: CustomStringConvertible {
  package var description: String {
    let place = [path, byteOffset.map { "byte \($0)" }].compactMap { $0 }.joined(separator: ", ")
    return place.isEmpty ? message : "\(place): \(message)"
  }
}
