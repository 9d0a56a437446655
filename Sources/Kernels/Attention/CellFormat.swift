import CKernels
package import TensorFormats

/// How the KV cache stores numbers.
package enum CellFormat: String, Codable, Hashable, Sendable, CaseIterable {
  case f16 = "F16"
  /// int8 codes with an f16 scale for 32 values: 8.5 bits a value.
  case q8_0 = "Q8_0"
  /// 4-bit codes with an f16 scale for 32 values: 4.5 bits a value.
  case q4_0 = "Q4_0"

  /// Positions of a page: the cache of a head is a whole number of pages.
  package static let pagePositions = Int(EW_CACHE_PAGE)

  /// The head sizes that fit are multiples of this.
  package var headSizeMultiple: Int { self == .f16 ? 8 : 32 }

  /// The numeric format of the cells.
  package var tensorFormat: TensorFormat {
    switch self {
    case .f16: .f16
    case .q8_0: .q8_0
    case .q4_0: .q4_0
    }
  }

  /// Bytes of the keys (and as many of the values) of one page of one head.
  package func pageBytes(headSize: Int) -> Int { ew_cache_page_bytes(number, headSize) }

  var number: Int32 { Int32(tensorFormat.id) }
}
