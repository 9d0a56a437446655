package import Evidence
package import Knowledge
package import ModelFiles

/// How well one numeric format of one framework fits the shape of a model.
package struct QuantizationFit: Codable, Sendable, Hashable {
  /// Whether the rows of the matrices divide into the format's blocks.
  package enum Verdict: String, Codable, Sendable, CaseIterable {
    /// Every matrix can be stored in it.
    case fits
    /// Some matrices are stored in a larger format instead.
    case fallsBack
    /// Rows do not divide and the framework has no larger format to fall back to: choose another group size.
    case doesNotDivide
    /// The shape is not known well enough.
    case unknown
  }

  /// The id of the format in the catalogue, `framework/name`.
  package var id: String
  package var framework: Framework
  package var format: String
  package var verdict: Verdict
  /// The share of the parameters in matrices whose rows do not divide, 0...1.
  package var fallbackFraction: Double
  /// The size of the weights in this format; nil when the parameters are not known.
  package var weightBytes: Quantity?
  /// What the verdict rests on, as a sentence.
  package var because: String
  /// Whether the format needs or gains from calibration data.
  package var importanceMatrix: String

  /// The values of `framework`.
  package static let frameworks = Framework.allCases.map(\.rawValue)

  /// Judges every format of the catalogue, in the catalogue's order.
  package static func all(_ model: ModelDescription, _ memory: MemoryModel) -> [QuantizationFit] {
    QuantizationRecord.catalogue.records.map { QuantizationFit($0, model, weightBytes: memory.weights(in: $0)?.bytes) }
  }

  init(_ record: QuantizationRecord, _ model: ModelDescription, weightBytes: Quantity?) {
    id = record.id
    framework = record.framework
    format = record.name
    importanceMatrix = record.importanceMatrix.rawValue
    self.weightBytes = weightBytes
    let multiple = record.rowMultiple
    let uneven = Self.unevenShare(model, multiple: multiple)
    fallbackFraction = uneven?.fraction ?? 0
    if multiple <= 1 {
      verdict = .fits
      because = "The format has no blocks, so every row fits."
    } else if let uneven {
      let widths = uneven.columns.prefix(4).map(String.init).joined(separator: ", ")
      if uneven.columns.isEmpty {
        verdict = .fits
        because = "All rows are multiples of \(multiple) values."
      } else if record.fallbackBitsPerWeight != nil {
        verdict = .fallsBack
        because =
          "Rows of \(widths) values are not multiples of \(multiple): those matrices become a larger format with "
          + "blocks of 32."
      } else {
        verdict = .doesNotDivide
        because = "Rows of \(widths) values are not multiples of \(multiple): choose a format with a smaller group."
      }
    } else {
      verdict = .unknown
      because = "The lengths of the rows are not known."
    }
  }

  /// The row lengths that `multiple` does not divide, and their share of the parameters in matrices.
  private static func unevenShare(
    _ model: ModelDescription, multiple: Int
  ) -> (columns: [Int], fraction: Double)? {
    let widths = model.matrixWidths.isEmpty ? widthsFromShape(model) : model.matrixWidths
    guard !widths.isEmpty, multiple > 0 else { return nil }
    let uneven = widths.filter { !$0.columns.isMultiple(of: multiple) }
    let all = widths.reduce(0.0) { $0 + Double($1.parameters) }
    let part = uneven.reduce(0.0) { $0 + Double($1.parameters) }
    return (uneven.map(\.columns), all > 0 ? part / all : 0)
  }

  /// The matrices of a dense or expert feed-forward transformer, from its shape.
  private static func widthsFromShape(_ model: ModelDescription) -> [MatrixWidth] {
    let shape = model.hyperparameters
    // The numbers of a file are anything; those of the catalogue are tested.
    guard model.origin == .catalogue, let width = shape.embeddingLength, let layers = shape.blockCount,
      let vocabulary = shape.vocabularySize,
      let heads = shape.headCount?.max(), let shared = shape.headCountKV?.max(), let head = shape.keyLength,
      let dense = shape.feedForwardLength?.max()
    else { return [] }
    let inner = shape.expertFeedForwardLength ?? dense
    let copies = shape.expertCount ?? 1
    let tables = vocabulary * width * (shape.tiedOutput == false ? 2 : 1)
    let intoHidden = layers * width * (head * (heads + 2 * shared) + 2 * copies * inner)
    return [
      MatrixWidth(columns: width, tensors: 0, parameters: tables + intoHidden),
      MatrixWidth(columns: inner, tensors: 0, parameters: layers * copies * inner * width),
      MatrixWidth(columns: heads * head, tensors: 0, parameters: layers * heads * head * width),
    ]
  }
}
