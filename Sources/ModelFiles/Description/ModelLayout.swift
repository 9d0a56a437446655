/// Whose conventions a folder of safetensors follows.
package enum ModelLayout: String, Sendable, Codable, CaseIterable {
  /// That of Hugging Face's transformers and PEFT.
  case huggingFace
  /// That of MLX, whose packed weights other loaders do not read.
  case mlx
  /// That of Hugging Face's Diffusers.
  case diffusers
}
