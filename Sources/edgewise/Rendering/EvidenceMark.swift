/// The signs that stand beside numbers in tables for where they come from.
enum EvidenceMark: String, Sendable, CaseIterable {
  case measured, calibrated, computed, published, assumed

  func sign(_ screen: Screen) -> String {
    switch self {
    case .measured: screen.isUnicode ? "●" : "*"
    case .calibrated: screen.isUnicode ? "◐" : "~"
    case .computed: "="
    case .published: screen.isUnicode ? "◇" : "^"
    case .assumed: "?"
    }
  }

  /// What the sign means, for the legend.
  var meaning: String {
    switch self {
    case .measured: "measured here"
    case .calibrated: "from a rate measured here"
    case .computed: "computed"
    case .published: "published"
    case .assumed: "assumed"
    }
  }
}
