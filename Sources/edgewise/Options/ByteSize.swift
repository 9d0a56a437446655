import ArgumentParser

/// A number of bytes as people write it: `8GiB`, `512M`, `6.5 GB` or plain bytes.
struct ByteSize: ExpressibleByArgument, Sendable, Hashable {
  let bytes: Int

  /// Reads a size; `K`, `M`, `G`, `T` and their `iB` forms are powers of 1024, `kB`, `MB`, `GB`, `TB` powers of 1000.
  init?(argument: String) {
    let text = argument.filter { $0 != " " && $0 != "_" }
    let digits = text.prefix { $0.isNumber || $0 == "." }
    guard let number = Double(digits), let size = Self.sizes[text.dropFirst(digits.count).lowercased()] else {
      return nil
    }
    let value = (number * size).rounded()
    guard value >= 0, value < 9e18 else { return nil }
    bytes = Int(value)
  }

  private static let sizes: [String: Double] = {
    var sizes: [String: Double] = ["": 1, "b": 1]
    var (binary, decimal) = (1.0, 1.0)
    for letter in ["k", "m", "g", "t"] {
      binary *= 1024
      decimal *= 1000
      (sizes[letter], sizes[letter + "i"], sizes[letter + "ib"], sizes[letter + "b"]) = (
        binary, binary, binary, decimal
      )
    }
    return sizes
  }()
}
