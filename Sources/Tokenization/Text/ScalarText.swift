/// A text as scalars with their classes, and the place of each in the UTF-8.
struct ScalarText {
  private(set) var scalars: [UInt32] = []
  private(set) var classes: [ScalarClass] = []
  /// `count + 1` places in the UTF-8.
  private(set) var byteStarts: [UInt32] = []

  var count: Int { scalars.count }

  /// Reads UTF-8, which must be valid.
  init(utf8 bytes: UnsafeRawBufferPointer) {
    scalars.reserveCapacity(bytes.count)
    classes.reserveCapacity(bytes.count)
    byteStarts.reserveCapacity(bytes.count + 1)
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var place: UInt32 = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      scalars.append(scalar.value)
      classes.append(ScalarClass(scalar))
      byteStarts.append(place)
      place += UInt32(UTF8.width(scalar))
    }
    byteStarts.append(place)
  }

  /// Where the run of characters with any of `classes` ends that starts at `start`; `start` when there is none.
  func end(of wanted: ScalarClass, from start: Int, to end: Int) -> Int {
    var place = start
    while place < end, !classes[place].isDisjoint(with: wanted) { place += 1 }
    return place
  }

  /// Where the run of characters with none of `classes` ends that starts at `start`.
  func end(ofNone excluded: ScalarClass, from start: Int, to end: Int) -> Int {
    var place = start
    while place < end, classes[place].isDisjoint(with: excluded) { place += 1 }
    return place
  }

  /// Whether the character at `place` has any of `classes`; false at the end.
  func has(_ wanted: ScalarClass, at place: Int, before end: Int) -> Bool {
    place < end && !classes[place].isDisjoint(with: wanted)
  }
}
