import ModelFiles
import TestSupport
import Testing

@Suite("A Diffusers folder")
struct DiffusersTests {
  static let index = #"""
    {"_class_name":"StableDiffusionXLPipeline","_diffusers_version":"0.30.0","force_zeros_for_empty_prompt":true,
    "image_encoder":[null,null],"levels":[10,20,30],"scheduler":["diffusers","EulerDiscreteScheduler"],
    "text_encoder":["transformers","CLIPTextModel"],"tokenizer":["transformers","CLIPTokenizer"],
    "unet":["diffusers","UNet2DConditionModel"],"vae":["diffusers","AutoencoderKL"]}
    """#

  private func pipeline(_ index: String = index) throws -> FileTree {
    let tree = try FileTree([
      "model_index.json": index, "scheduler/scheduler_config.json": "{}", "tokenizer/vocab.json": "{}",
      "text_encoder/config.json": #"{"architectures":["CLIPTextModel"]}"#,
      "unet/config.json":
        #"{"_class_name":"UNet2DConditionModel","_diffusers_version":"0.30.0","attention_head_dim":[5,10,20,20]}"#,
      "vae/config.json": #"{"_class_name":"AutoencoderKL"}"#, "README.md": "---\nlicense: openrail++\n---\n",
    ])
    try tree.write(
      SafetensorsWriter([.init("a.weight", "F16", [16, 16])]).bytes(), to: "text_encoder/model.safetensors")
    let unet = SafetensorsWriter([.init("conv.weight", "F16", [64, 16, 3, 3]), .init("norm.weight", "F32", [64])])
    try tree.write(unet.bytes(), to: "unet/diffusion_pytorch_model.safetensors")
    try tree.write(
      SafetensorsWriter([.init("d.weight", "F32", [8, 8])]).bytes(), to: "vae/diffusion_pytorch_model.safetensors")
    return tree
  }

  @Test("is an image generator of several parts")
  func whole() throws {
    let tree = try pipeline()
    let contents = try ModelFile.open(path: tree.path)
    let model = contents.description
    #expect(model.kind == .imageGeneration)
    #expect(model.family == "Stable Diffusion XL")
    #expect(model.modelClass == "StableDiffusionXLPipeline")
    #expect(model.modalities == [.text])
    #expect(model.fileFormat == .safetensors)
    #expect(model.storage == .folder)
    #expect(model.license == "openrail++")
    #expect(model.components.map(\.name) == ["unet", "text_encoder", "vae"])
    #expect(model.components.map(\.role) == [.denoiser, .textEncoder, .autoencoder])
    #expect(model.components.map(\.parameterCount) == [9280, 256, 64])
    #expect(model.components.map(\.bytes) == [18688, 512, 256])
    #expect(model.components.first?.modelClass == "UNet2DConditionModel")
    #expect(model.components.first?.formats.map(\.format) == ["F16", "F32"])
    #expect(model.parameterCount == 9600)
    #expect(model.weightBytes == 19456)
    #expect(model.formats.map(\.bytes) == [18944, 512])
    #expect(model.fileCount == 3)
    #expect(contents.tensors().map(\.name).contains("unet/conv.weight"))
    #expect(Set(contents.tensors().map(\.fileIndex)) == [0, 1, 2])
    #expect(contents.settings().contains { $0.key == "vae._class_name" })
  }

  @Test("counts one variant of the weights and names the others")
  func variants() throws {
    let tree = try pipeline()
    let other = SafetensorsWriter([.init("conv.weight", "F16", [64, 16, 3, 3])]).bytes()
    try tree.write(other, to: "unet/diffusion_pytorch_model.fp16.safetensors")
    let model = try ModelFile.describe(path: tree.path)
    #expect(model.parameterCount == 9600)
    #expect(model.notes.contains { $0.contains("unet/diffusion_pytorch_model.fp16.safetensors") }, "\(model.notes)")
    // A part alone chooses the same file.
    let unet = try ModelFile.describe(path: tree.path + "/unet")
    #expect(unet.kind == .imageGeneration)
    #expect(unet.modelClass == "UNet2DConditionModel")
    #expect(unet.parameterCount == 9280)
    #expect(unet.notes.contains { $0.contains("one part of an image generator") })
  }

  @Test("reads shards by their index")
  func shards() throws {
    let tree = try pipeline()
    let first = SafetensorsWriter([.init("a.weight", "BF16", [4, 4])]).bytes()
    let second = SafetensorsWriter([.init("b.weight", "BF16", [4, 4])]).bytes()
    try tree.write(first, to: "vae/diffusion_pytorch_model-00001-of-00002.safetensors")
    try tree.write(second, to: "vae/diffusion_pytorch_model-00002-of-00002.safetensors")
    let map =
      #"{"weight_map":{"a.weight":"diffusion_pytorch_model-00001-of-00002.safetensors","#
      + #""b.weight":"diffusion_pytorch_model-00002-of-00002.safetensors"}}"#
    try tree.write(Array(map.utf8), to: "vae/diffusion_pytorch_model.safetensors.index.json")
    let vae = try ModelFile.describe(path: tree.path).components.last
    #expect(vae?.parameterCount == 32)
    #expect(vae?.formats.map(\.format) == ["BF16"])
  }

  @Test("with checkpoints of PyTorch is described without reading them")
  func pickles() throws {
    let tree = try FileTree([
      "model_index.json": #"{"_class_name":"DDPMPipeline","unet":["diffusers","UNet2DModel"]}"#,
      "unet/diffusion_pytorch_model.bin": "12345",
    ])
    let model = try ModelFile.describe(path: tree.path)
    #expect(model.parameterCount == nil)
    #expect(model.weightBytes == nil)
    #expect(model.fileBytes == 5)
    #expect(model.modalities.isEmpty)
    #expect(model.notes.contains { $0.contains("unet are PyTorch checkpoints") })
  }

  @Test("without one of its parts is refused, naming it")
  func missing() throws {
    let tree = try FileTree(["model_index.json": Self.index, "unet/x": "", "vae/x": ""])
    let error = try #require(throws: ModelFileError.self) { try ModelFile.open(path: tree.path) }
    #expect(error.kind == .missingPart)
    #expect(error.message.contains("scheduler, text_encoder, tokenizer"))
  }

  @Test("whose index is hostile is refused with what is wrong", arguments: hostile)
  func bad(index: String, says: String) throws {
    let tree = try FileTree(["model_index.json": index, "unet/config.json": "{}"])
    let error = try #require(throws: ModelFileError.self) { try ModelFile.open(path: tree.path) }
    #expect(error.kind == .malformed)
    #expect(error.path?.hasSuffix("/model_index.json") == true)
    #expect(error.message.contains(says), "\(error.message)")
  }

  static let hostile: [(String, String)] = [
    (part("../../etc"), "leads out of the folder"), (part("/etc"), "no path relative"), (part(".."), "leads out"),
    (part("a/../b"), "leads out"), (part("unet/sub"), "expected the name of a folder"), (part(""), "it is empty"),
    (part("."), "empty part"), (part(#"a\\b"#), "no path relative"), (part(#"a\u0000b"#), "cannot be read"),
    (part("https://x"), "no path relative"),
    ("{}", "lacks '_class_name'"), (#"{"_class_name":7}"#, "lacks '_class_name'"), ("[]", "must be a JSON object"),
    (" ", "cannot be read"), (String(repeating: #"{"a":"#, count: 10_000), "cannot be read"),
    (
      #"{"_class_name":"X","# + (0..<100).map { #""p\#($0)":["diffusers","Y"]"# }.joined(separator: ",") + "}",
      "more than 64 parts"
    ),
  ]

  private static func part(_ name: String) -> String { #"{"_class_name":"X","\#(name)":["diffusers","Y"]}"# }

  @Test("whose index is cut anywhere is refused")
  func truncations() throws {
    let tree = try pipeline()
    let text = Array(Self.index.utf8)
    for length in 1..<text.count {
      try tree.write(Array(text.prefix(length)), to: "model_index.json")
      let error = try #require(throws: ModelFileError.self, "\(length)") { try ModelFile.open(path: tree.path) }
      #expect(error.kind == .malformed)
    }
  }

  @Test("whose weights are damaged is refused with their path")
  func damaged() throws {
    let tree = try pipeline()
    let whole = SafetensorsWriter([.init("d.weight", "F32", [8, 8])]).bytes()
    for length in stride(from: 1, to: whole.count, by: 5) {
      try tree.write(Array(whole.prefix(length)), to: "vae/diffusion_pytorch_model.safetensors")
      let error = try #require(throws: ModelFileError.self, "\(length)") { try ModelFile.open(path: tree.path) }
      #expect(error.path?.hasSuffix("/vae/diffusion_pytorch_model.safetensors") == true)
    }
    var absurd = SafetensorsWriter([.init("d.weight", "F32", [8, 8])])
    absurd.headerLength = .max
    try tree.write(absurd.bytes(), to: "vae/diffusion_pytorch_model.safetensors")
    #expect(throws: ModelFileError.self) { try ModelFile.open(path: tree.path) }
  }
}
