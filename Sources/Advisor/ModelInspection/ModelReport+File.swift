import JSON
package import ModelFiles
import TensorFormats

extension ModelReport.MetadataItem {
  /// Shortens one pair of a file.
  package init(_ entry: Metadata.Entry) {
    key = String(decoding: entry.key.utf8.prefix(200), as: UTF8.self)
    type = entry.value.array.map { "\($0.elementType)[]" } ?? "\(entry.type)"
    switch entry.value {
    case .unsigned(let number):
      value = Int64(exactly: number).map(JSON.integer) ?? .string("\(number)")
    case .signed(let number): value = .integer(number)
    case .floating(let number): value = number.isFinite ? .number(number) : .string("\(number)")
    case .bool(let flag): value = .bool(flag)
    case .string(let text):
      let size = text.utf8.count
      value = .string(size > 200 ? String(decoding: text.utf8.prefix(200), as: UTF8.self) : text)
      count = size > 200 ? size : nil
    case .array(let array): count = array.count
    }
  }
}

extension ModelReport.TensorItem {
  /// Shows one tensor of a file.
  package init(_ tensor: TensorDescription) {
    name = String(decoding: tensor.name.utf8.prefix(200), as: UTF8.self)
    shape = tensor.shape
    format = tensor.format.name
    bytes = tensor.byteCount
    byteOffset = tensor.byteOffset
    fileIndex = tensor.fileIndex
  }
}
