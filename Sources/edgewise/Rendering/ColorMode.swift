/// When colors are used.
enum ColorMode: String, Sendable, CaseIterable {
  case auto, always, never
}
