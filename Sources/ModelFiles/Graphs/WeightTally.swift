/// Adds up the tensors of a graph by format, with the scales and zero points counted to the weights that they belong to.
struct WeightTally {
  private var formats: [String: FormatSummary] = [:]
  private var widths: [Int: MatrixWidth] = [:]
  private(set) var parameters = 0
  private(set) var bytes = 0

  /// Adds a tensor of `parameters` weights (0 for one that only takes space) in `bytes` bytes; `columns` is the length of
  /// its rows when it is a matrix.
  mutating func add(format: String, parameters: Int, bytes: Int, tensors: Int = 1, columns: Int? = nil) {
    let before = formats[format]
    formats[format] = FormatSummary(
      format: format, tensors: (before?.tensors ?? 0) + tensors,
      parameters: Self.sum(before?.parameters ?? 0, parameters), bytes: Self.sum(before?.bytes ?? 0, bytes))
    self.parameters = Self.sum(self.parameters, parameters)
    self.bytes = Self.sum(self.bytes, bytes)
    if let columns, parameters > columns {
      var width = widths[columns] ?? MatrixWidth(columns: columns, tensors: 0, parameters: 0)
      width.tensors += tensors
      width.parameters = Self.sum(width.parameters, parameters)
      widths[columns] = width
    }
  }

  /// Writes the sums into `model`.
  func report(in model: inout ModelDescription) {
    model.parameterCount = parameters
    model.activeParameterCount = model.isMixtureOfExperts ? nil : parameters
    model.weightBytes = bytes
    model.formats = formats.values.sorted { ($0.bytes, $1.format) > ($1.bytes, $0.format) }
    model.dominantFormat = model.formats.max { $0.parameters < $1.parameters }?.format
    model.matrixWidths = Array(
      widths.values.sorted { ($0.parameters, $1.columns) > ($1.parameters, $0.columns) }.prefix(64))
  }

  /// A sum that stays at the largest number, because no file can hold as much.
  private static func sum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }
}
