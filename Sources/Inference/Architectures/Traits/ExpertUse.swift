/// Whether the feed-forward blocks of an architecture are mixtures of experts.
enum ExpertUse: Hashable, Sendable {
  case never
  /// When the file states experts.
  case possible
  case always
}
