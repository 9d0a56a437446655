/// What a model takes in.
package enum Modality: String, Sendable, Codable, CaseIterable {
  case text
  case image
  case audio
  case video
}
