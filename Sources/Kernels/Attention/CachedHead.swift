import CKernels

/// The cached keys and values of one key-value head; it refers to the bytes and does not own them.
package struct CachedHead {
  package let format: CellFormat
  package let headSize: Int
  /// Pages of keys, as `attention.h` lays them out.
  package let keys: UnsafeMutableRawBufferPointer
  /// Pages of values.
  package let values: UnsafeMutableRawBufferPointer

  /// Takes whole pages; the bytes of keys and values must be equally many, and the head size one that fits.
  package init(
    format: CellFormat, headSize: Int, keys: UnsafeMutableRawBufferPointer, values: UnsafeMutableRawBufferPointer
  ) {
    precondition(headSize > 0 && headSize <= KernelSet.attentionHeadSizeMaximum)
    precondition(headSize.isMultiple(of: format.headSizeMultiple))
    precondition(keys.count == values.count && keys.count.isMultiple(of: format.pageBytes(headSize: headSize)))
    self.format = format
    self.headSize = headSize
    self.keys = keys
    self.values = values
  }

  /// The positions that the pages hold.
  package var positions: Int { keys.count / format.pageBytes(headSize: headSize) * CellFormat.pagePositions }
}
