/// What one file of a model holds, before the parts of a split model are put together.
struct GGUFPart {
  var version: UInt32
  var byteOrder: ByteOrder
  var metadata: Metadata
  var tensors: [TensorDescription]
  var alignment: Int
  var dataOffset: Int
}
