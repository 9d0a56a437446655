import Blueprints
import Evidence
import JSON
import ModelFiles
import TensorFormats

/// A made-up file whose every tensor is known, before it is written.
package struct SynthesisPlan: Sendable {
  let request: SynthesisRequest
  let recipe: FileTypeRecipe
  let blueprint: Blueprint
  let layout: GGUFLayout
  let parts: [GGUFLayout]
  let paths: [String]
  let notes: [String]

  func report(seconds: Double) -> SynthesisReport {
    let headers = parts.reduce(0) { $0 + $1.header().count }
    var notes = notes
    notes.append("The weights mean nothing: the file measures a runtime's speed and memory, and its answers are noise.")
    if !blueprint.hasVocabulary {
      notes.append("It has no vocabulary: use it with llama-bench, or with token ids.")
    }
    if request.sparse == true {
      notes.append("The weights are holes that read as zeros: look at memory, not at speed.")
    }
    let first = paths.first ?? request.output
    return SynthesisReport(
      files: paths, architecture: blueprint.architecture, format: recipe.rawValue, layers: blueprint.layers,
      tensorCount: layout.tensors.count, parameterCount: blueprint.parameterCount, weightBytes: layout.weightBytes,
      fileBytes: parts.reduce(headers) { $0 + $1.dataBytes }, isSparse: request.sparse ?? false, writeSeconds: seconds,
      notes: notes,
      next: [
        NextStep(purpose: "Measure llama.cpp with it.", command: "llama-bench -m \(ShellWord.quoted(first))"),
        NextStep(
          purpose: "Measure Edgewise's own engine with it.", method: "benchmark/run", params: ["model": .string(first)]),
      ])
  }
}

extension Blueprint {
  /// Whether the metadata brings tokens.
  var hasVocabulary: Bool { pairs.contains { $0.key == "tokenizer.ggml.tokens" } }
}
