/// Where the weights of a model file lie while it runs.
package enum WeightPlacement: String, Codable, Hashable, Sendable, CaseIterable {
  /// In the file, mapped without copying: loading takes no time and no memory of its own, and the system may drop pages.
  case mapped
  /// In memory of their own with huge pages where the system has them: every token reads them faster.
  case copied
}
