import JSON
package import ModelFiles

extension ModelReport.MetadataItem {
  /// Shortens one setting of a file.
  package init(_ setting: StoredSetting) {
    key = String(decoding: setting.key.utf8.prefix(200), as: UTF8.self)
    type = setting.type
    value = setting.value
    count = setting.count
    if case .string(let text)? = setting.value, text.utf8.count > 200 {
      value = .string(String(decoding: text.utf8.prefix(200), as: UTF8.self))
      count = text.utf8.count
    }
  }
}

extension ModelReport.TensorItem {
  /// Shows one tensor of a file.
  package init(_ tensor: StoredTensor) {
    name = String(decoding: tensor.name.utf8.prefix(200), as: UTF8.self)
    shape = tensor.shape
    format = tensor.format
    bytes = tensor.byteCount
    byteOffset = tensor.byteOffset
    fileIndex = tensor.fileIndex
  }
}
