import JSON
import Service

/// JSON from a file, standard input or an argument.
enum JSONText {
  /// Parses; the failure names the place, and `name` says where the text came from.
  static func parse(_ bytes: [UInt8], named name: String) throws(Failure) -> JSON {
    do throws(JSON.ParseError) {
      return try JSON.parse(bytes)
    } catch {
      throw Failure(.parseError, "\(name) is not valid JSON: \(error)")
    }
  }
}
