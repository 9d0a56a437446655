package import Blueprints
import JSON
package import Knowledge
import ModelFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Advisor {
  /// The tensors of a catalogue model as llama.cpp's converter would write them; throws when its shape does not determine them.
  package func blueprint(_ model: CatalogueModel) throws(Refusal) -> Blueprint {
    do throws(BlueprintError) {
      return try Blueprint(ModelShape(model))
    } catch {
      throw Refusal(
        .modelUnsupported, "The tensors of \(model.id) cannot be worked out. \(error.message)",
        details: ["model": model.id])
    }
  }

  /// What a synthesis request describes, and notes on what was changed.
  func blueprint(_ request: SynthesisRequest) throws(Refusal) -> (blueprint: Blueprint, notes: [String]) {
    let options = request.shape
    var shape: ModelShape?
    if let reference = request.model {
      switch try source(reference) {
      case .shape(let known): shape = known
      case .file(let file):
        guard options == nil, request.layers == nil else {
          throw Refusal(
            .invalidRequest,
            "The tensors of a GGUF file are taken as they are, so 'shape' and 'layers' do not go with it. Give a name of "
              + "the catalogue or a config.json to change the shape.", details: ["model": reference])
        }
        return (Blueprint(file), [])
      }
    }
    do throws(BlueprintError) {
      var known: ModelShape
      if let shape {
        known = shape
        if let options { try known.apply(options) }
      } else {
        known = try ModelShape(options: options ?? [:])
      }
      var notes: [String] = []
      if let wanted = request.layers, wanted != known.layers {
        guard wanted <= known.layers || request.repeatsLayers == true else {
          throw BlueprintError(
            "The model has \(known.layers) layers, fewer than the \(wanted) of 'layers'. Set 'repeatsLayers' to repeat "
              + "them.")
        }
        notes.append("\(wanted) layers instead of the model's \(known.layers).")
        known = known.withLayers(wanted)
      }
      return (try Blueprint(known), notes)
    } catch {
      throw Refusal(.invalidRequest, error.message, details: request.model.map { ["model": $0] } ?? [:])
    }
  }

  private enum ShapeSource {
    case shape(ModelShape)
    case file(GGUFFile)
  }

  /// The shape of a catalogue name or config.json, or the tensors of a GGUF file.
  private func source(_ reference: String) throws(Refusal) -> ShapeSource {
    if reference.hasSuffix(".json") {
      let config = try config(reference)
      let parts = reference.split(separator: "/")
      let folder = parts.count > 1 ? String(parts[parts.count - 2]) : "model"
      do throws(BlueprintError) {
        return .shape(try ModelShape(config: config, name: folder))
      } catch {
        throw Refusal(.modelUnsupported, error.message, details: ["model": reference])
      }
    }
    let location = try locate(model: reference)
    switch location {
    case .catalogue(let model): return .shape(ModelShape(model))
    case .file, .ollama:
      let path = try location.weightsPath() ?? reference
      do throws(ModelFileError) {
        return .file(try GGUFFile.open(path: path))
      } catch {
        throw Refusal(error)
      }
    }
  }

  /// A config.json has a few kilobytes; what is larger is something else.
  private static let mostConfigBytes = 4 << 20

  private func config(_ path: String) throws(Refusal) -> JSON {
    let file: MappedFile
    do throws(ModelFileError) {
      file = try MappedFile.open(path: path)
    } catch {
      throw Refusal(error)
    }
    guard file.bytes.count <= Self.mostConfigBytes, let json = try? JSON.parse(Array(file.bytes)), json.object != nil
    else {
      throw Refusal(
        .modelMalformed, "\(path): expected a config.json, a JSON object of at most \(Self.mostConfigBytes) bytes.",
        details: ["path": path])
    }
    return json
  }
}
