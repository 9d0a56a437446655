import JSON
import TensorFormats

/// Reads GGUF files: single ones, all parts of a split one, and folders that hold one model.
package enum GGUFReader: ModelReader {
  package static let title = "a GGUF file"

  package static func recognizes(_ place: ModelPlace) -> Bool {
    switch place {
    case .file(let file): file.bytes.starts(with: "GGUF".utf8)
    case .folder(let folder): !models(folder).isEmpty
    }
  }

  package static func read(_ place: ModelPlace) throws(ModelFileError) -> ModelContents {
    switch place {
    case .file(let file): return contents(try GGUFFile.open(file))
    case .folder(let folder):
      let names = models(folder)
      guard names.count == 1, let name = names.first else {
        throw ModelFileError(
          .directory,
          "This folder holds \(names.count) GGUF models: \(names.prefix(8).joined(separator: ", ")). Name one of them.",
          path: folder.path)
      }
      var contents = contents(try GGUFFile.open(path: folder.path(of: name)))
      let projectors = folder.names(endingIn: ".gguf").filter { $0.lowercased().hasPrefix("mmproj") }
      // One of several has to be chosen, as when they differ by format.
      if projectors.count == 1, let name = projectors.first {
        let path = folder.path(of: name)
        contents.description.add(ModelDescription(try GGUFFile.open(path: path)), .projector, path: path)
      }
      return contents
    }
  }

  /// The models of a folder: its GGUF files, only the first part of split ones, without projectors.
  private static func models(_ folder: ModelFolder) -> [String] {
    folder.names(endingIn: ".gguf").filter { name in
      !name.lowercased().hasPrefix("mmproj") && SplitName(path: name).map { $0.number == 1 } ?? true
    }
  }

  static func contents(_ file: GGUFFile) -> ModelContents {
    ModelContents(
      description: ModelDescription(file), gguf: file,
      tensors: {
        file.tensors.map {
          StoredTensor(
            name: $0.name, shape: $0.shape, format: $0.format.name, byteCount: $0.byteCount, byteOffset: $0.byteOffset,
            fileIndex: $0.fileIndex)
        }
      },
      settings: { file.metadata.entries.map { StoredSetting($0) } })
  }
}

extension StoredSetting {
  init(_ entry: Metadata.Entry) {
    self.init(key: entry.key, type: entry.value.array.map { "\($0.elementType)[]" } ?? "\(entry.type)")
    switch entry.value {
    case .unsigned(let number): value = Int64(exactly: number).map(JSON.integer) ?? .string("\(number)")
    case .signed(let number): value = .integer(number)
    case .floating(let number): value = number.isFinite ? .number(number) : .string("\(number)")
    case .bool(let flag): value = .bool(flag)
    case .string(let text): value = .string(text)
    case .array(let array): count = array.count
    }
  }
}
