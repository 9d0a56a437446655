extension DecisionTree {
  /// A question with two answers.
  struct Node: Sendable {
    let yes: Prepared<PathStep>
    let no: Prepared<PathStep>

    private init(_ node: String, _ question: String, yes: String, no: String) {
      self.yes = Prepared(PathStep(node: node, question: question, answer: "yes", consequence: yes))
      self.no = Prepared(PathStep(node: node, question: question, answer: "no", consequence: no))
    }

    static let apple = Node(
      "apple", "Does Apple silicon do the work?", yes: "MLX: unified memory, Metal.", no: "Next: Intel.")
    static let intel = Node(
      "intel", "Does Intel hardware do the work?", yes: "OpenVINO, with NNCF for the weights.", no: "Next: NVIDIA.")
    static let nvidia = Node(
      "nvidia", "Does an NVIDIA GPU do the work?", yes: "Next: one user or many.", no: "Next: vision accelerators.")
    static let manyUsers = Node(
      "many-users", "Are several requests served at a time?", yes: "vLLM or TensorRT-LLM, compared: they batch.",
      no: "llama.cpp with CUDA: fewest steps for one user.")
    static let edgeTPU = Node(
      "vision-accelerator", "Does an Edge TPU or another vision accelerator do the work?",
      yes: "LiteRT: the frameworks that are commonly named have no back end for it.", no: "Next: many platforms.")
    static let neuralOnWindows = Node(
      "windows-arm", "Is it Windows on Arm with a Hexagon NPU?", yes: "Olive with the QNN provider of ONNX Runtime.",
      no: "Next: many platforms.")
    static let snapdragonAlone = Node(
      "android-snapdragon", "Is Android on Snapdragon the only platform?",
      yes: "LiteRT-LM: it reaches the GPU and the Hexagon NPU.", no: "Next: many platforms.")
    static let crossPlatform = Node(
      "cross-platform", "Is one model wanted on several platforms, or is nothing else decided?",
      yes: "Next: text only or more.", no: "Next: enterprise.")
    static let textOnly = Node(
      "text-only", "Is it a language model for text alone?", yes: "llama.cpp with GGUF.",
      no: "OpenVINO or Olive, compared; since libmtmd llama.cpp takes images, audio and video as well.")
    static let enterprise = Node(
      "enterprise", "Is it for an enterprise pipeline?", yes: "Olive: reproducible optimization for ONNX Runtime.",
      no: "No leaf: the matrix and the requirements decide.")
  }
}
