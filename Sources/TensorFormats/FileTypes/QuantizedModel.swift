/// What the quantizer looks at when it chooses formats: the tensors of a model by name and shape, and a few numbers of it.
package struct QuantizedModel: Sendable, Hashable {
  /// A tensor by the name that it has in a GGUF file; row length first.
  package struct Tensor: Sendable, Hashable {
    package let name: String
    package let shape: [Int]

    package init(name: String, shape: [Int]) {
      self.name = name
      self.shape = shape
    }
  }

  package var tensors: [Tensor]
  /// Layers of the model, as the quantizer counts them.
  package var layers: Int
  /// Query heads for each key and value head of the first layer; 0 when it does not attend.
  package var headsPerKeyHead: Int
  /// Experts of a layer; 0 for dense models.
  package var experts: Int
  /// Whether llama.cpp takes the model for Llama 2 or 3 with 70 billion parameters, whose value matrices it gives more bits.
  package var isSeventyBillion: Bool

  package init(tensors: [Tensor], layers: Int, headsPerKeyHead: Int, experts: Int, isSeventyBillion: Bool) {
    self.tensors = tensors
    self.layers = layers
    self.headsPerKeyHead = headsPerKeyHead
    self.experts = experts
    self.isSeventyBillion = isSeventyBillion
  }
}
