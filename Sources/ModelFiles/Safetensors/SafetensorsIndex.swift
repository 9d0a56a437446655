/// The index of a sharded model: which file holds which tensor.
struct SafetensorsIndex {
  /// More files than any model has.
  static let mostFiles = 10_000
  /// Longer than the index of any model; the largest known is of some 20 MB.
  static let longest = 256 << 20
  /// More tensors than any model has.
  static let mostTensors = 2_000_000

  /// The names of the files, sorted.
  var files: [String]
  /// The place in `files` of each tensor.
  var owners: [String: Int]

  static func open(path: String) throws(ModelFileError) -> SafetensorsIndex {
    try parse(try MappedFile.open(path: path))
  }

  static func parse(_ file: MappedFile) throws(ModelFileError) -> SafetensorsIndex {
    guard file.bytes.count <= longest else {
      throw ModelFileError(
        .malformed, "The index is \(file.bytes.count) bytes long; at most \(longest) are read.", path: file.path)
    }
    var cursor = JSONCursor(file)
    var places: [String: Int] = [:]
    var owners: [String: Int]?
    try cursor.object("the index") { (cursor, key, keyOffset) throws(ModelFileError) in
      guard key == "weight_map" else { return try cursor.skip("'\(key.prefix(60))'") }
      guard owners == nil else { throw cursor.malformed("The key 'weight_map' is there twice.", at: keyOffset) }
      var found: [String: Int] = [:]
      try cursor.object("'weight_map'") { (cursor, tensor, start) throws(ModelFileError) in
        let name = try cursor.string("the file of '\(tensor.prefix(100))'")
        let place = places[name] ?? places.count
        places[name] = place
        guard places.count <= mostFiles, found.count < mostTensors else {
          throw cursor.malformed("'weight_map' names more files or tensors than any model has.", at: start)
        }
        guard found.updateValue(place, forKey: tensor) == nil else {
          throw cursor.malformed("'weight_map' has the tensor '\(tensor.prefix(100))' twice.", at: start)
        }
      }
      owners = found
    }
    try cursor.finish("The index")
    guard let owners else {
      throw ModelFileError(
        .malformed, "The index lacks 'weight_map', which says which file holds which tensor. Download it again.",
        path: file.path, byteOffset: 0)
    }
    let order = places.keys.sorted()
    var ranks = [Int](repeating: 0, count: order.count)
    for (rank, name) in order.enumerated() { ranks[places[name] ?? 0] = rank }
    return SafetensorsIndex(files: order, owners: owners.mapValues { ranks[$0] })
  }
}
