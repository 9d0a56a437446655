import Knowledge
import ModelFiles
package import Tokenization

extension Advisor {
  /// Reads the tokenizer of a model file; a name of the catalogue has none.
  package func tokenizer(of reference: String) throws(Refusal) -> Tokenizer {
    let location = try locate(model: reference)
    switch location {
    case .catalogue(let model):
      throw Refusal(
        .modelUnsupported,
        "\(model.id) is a name of the catalogue, which has shapes and no vocabularies; give the path of a GGUF file, or "
          + "token ids instead of text", details: ["model": model.id])
    case .file, .ollama:
      let path = try location.weightsPath() ?? reference
      do throws(ModelFileError) {
        return try tokenizer(of: GGUFFile.open(path: path), path: path)
      } catch {
        throw Refusal(error)
      }
    }
  }

  /// Reads the tokenizer of an open file, whose path is for messages.
  func tokenizer(of file: GGUFFile, path: String) throws(ModelFileError) -> Tokenizer {
    do throws(TokenizerError) {
      return try Tokenizer(file)
    } catch {
      let kind: ModelFileError.Kind = if case .malformed = error { .malformed } else { .unsupportedFormat }
      throw ModelFileError(kind, "\(error)", path: path)
    }
  }

  /// The ids of each text, with what the tokenizer is.
  package func encode(_ request: EncodeRequest) throws(Refusal) -> EncodeAnswer {
    let tokenizer = try tokenizer(of: request.model)
    var tokens: [[Int]] = []
    for (index, text) in request.texts.enumerated() {
      do throws(TokenizerError) {
        tokens.append(
          try tokenizer.encode(
            text, addsSpecial: request.addSpecial ?? true, parsesSpecial: request.parseSpecial ?? false))
      } catch {
        throw Refusal(error, place: "/texts/\(index)")
      }
    }
    return EncodeAnswer(
      tokenizer: TokenizerSummary(tokenizer), tokens: tokens,
      pieces: request.showPieces == true ? tokens.map { $0.map { tokenizer.piece($0) ?? "" } } : nil)
  }

  /// The text of each list of ids, with what the tokenizer is.
  package func decode(_ request: DecodeRequest) throws(Refusal) -> DecodeAnswer {
    let tokenizer = try tokenizer(of: request.model)
    var texts: [String] = []
    var repaired: [Int] = []
    for (index, ids) in request.tokens.enumerated() {
      do throws(TokenizerError) {
        let bytes = try tokenizer.decode(ids, showsSpecial: request.showSpecial ?? false)
        let text = String(decoding: bytes, as: UTF8.self)
        if !text.utf8.elementsEqual(bytes) { repaired.append(index) }
        texts.append(text)
      } catch {
        throw Refusal(error, place: "/tokens/\(index)")
      }
    }
    return DecodeAnswer(tokenizer: TokenizerSummary(tokenizer), texts: texts, repaired: repaired)
  }
}

extension Refusal {
  /// The refusal that an error of a tokenizer stands for; `place` is a JSON pointer to the text or the ids.
  package init(_ error: TokenizerError, place: String) {
    switch error {
    case .noTokenizer, .unsupportedModel, .unknownPreTokenizer: self.init(.modelUnsupported, "\(error)")
    case .malformed: self.init(.modelMalformed, "\(error)")
    case .unencodable, .textTooLong, .tokenOutOfRange:
      self.init(.invalidRequest, "\(place): \(error)", details: ["pointer": place])
    }
  }
}
