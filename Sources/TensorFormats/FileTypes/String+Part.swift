extension String {
  /// Whether it has the bytes of `part` somewhere.
  ///
  /// The standard library's search goes by characters, which took a third of the time in which a file of 300 tensors is described.
  func hasPart(_ part: String) -> Bool {
    let found = utf8.withContiguousStorageIfAvailable { text in
      part.utf8.withContiguousStorageIfAvailable { part in
        text.count >= part.count
          && (0...text.count - part.count).contains { start in
            part.indices.allSatisfy { text[start + $0] == part[$0] }
          }
      }
    }
    return (found ?? nil) ?? contains(part)
  }
}
