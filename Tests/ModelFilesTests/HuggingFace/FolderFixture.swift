import ModelFiles
import TestSupport

/// A Hugging Face folder made of a configuration, tensors and other files.
func folder(
  _ config: String?, _ tensors: [SafetensorsWriter.Tensor] = [], files: [String: String] = [:]
) throws -> FileTree {
  var files = files
  if let config { files["config.json"] = config }
  let tree = try FileTree(files)
  if !tensors.isEmpty { try tree.write(SafetensorsWriter(tensors).bytes(), to: "model.safetensors") }
  return tree
}

/// The description of a folder that is removed when it has been read.
func described(
  _ config: String?, _ tensors: [SafetensorsWriter.Tensor] = [], files: [String: String] = [:]
) throws -> ModelDescription {
  let tree = try folder(config, tensors, files: files)
  return try withExtendedLifetime(tree) { try ModelFile.describe(path: tree.path) }
}
