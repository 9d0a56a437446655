/// A picture of how samples are spread, in one line.
enum Histogram {
  /// One sign for each of `bins` equal ranges from the least sample to the 99th of a hundred, higher for more samples.
  ///
  /// Empty for fewer than eight samples or when all are alike.
  static func line(_ samples: [Double], bins: Int, _ screen: Screen) -> String {
    let sorted = samples.filter(\.isFinite).sorted()
    guard sorted.count >= 8, bins > 0, let low = sorted.first else { return "" }
    let high = sorted[(sorted.count - 1) * 99 / 100]
    guard high > low else { return "" }
    var counts = [Int](repeating: 0, count: bins)
    for sample in sorted {
      counts[min(bins - 1, Int((sample - low) / (high - low) * Double(bins)))] += 1
    }
    let signs: [Character] = Array(screen.isUnicode ? " ▁▂▃▄▅▆▇█" : " .:-=+*%#")
    let most = Double(counts.max() ?? 1)
    return String(
      counts.map { count in
        count == 0 ? signs[0] : signs[max(1, Int((Double(count) / most * Double(signs.count - 1)).rounded()))]
      })
  }
}
