/// The order of the bytes of each number in a file.
package enum ByteOrder: String, Sendable, Codable {
  case little
  case big
}
