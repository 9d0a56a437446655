"""Writes the fixtures of ModelFilesTests with the `gguf` package (0.19.0) and numpy.

    pip install gguf==0.19.0 numpy
    python Tests/ModelFilesTests/Fixtures/write_fixtures.py

The files are checked in; the tests never run this. Values are drawn with a fixed seed.
"""

import pathlib

import gguf
import numpy as np

FOLDER = pathlib.Path(__file__).parent
FORMATS = {
    "f32": gguf.GGMLQuantizationType.F32,
    "f16": gguf.GGMLQuantizationType.F16,
    "bf16": gguf.GGMLQuantizationType.BF16,
    "q4_0": gguf.GGMLQuantizationType.Q4_0,
    "q5_1": gguf.GGMLQuantizationType.Q5_1,
    "q8_0": gguf.GGMLQuantizationType.Q8_0,
    "tq2_0": gguf.GGMLQuantizationType.TQ2_0,
}


def write(name, formats, endianess=gguf.GGUFEndian.LITTLE):
    random = np.random.default_rng(7)
    writer = gguf.GGUFWriter(FOLDER / name, "llama", endianess=endianess)
    writer.add_name("Tiny Llama")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_block_count(2)
    writer.add_context_length(256)
    writer.add_embedding_length(64)
    writer.add_feed_forward_length(96)
    writer.add_head_count(4)
    writer.add_head_count_kv([2, 1])
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(16)
    writer.add_rope_freq_base(500000.0)
    writer.add_rope_scaling_type(gguf.RopeScalingType.YARN)
    writer.add_rope_scaling_factor(4.0)
    writer.add_rope_scaling_orig_ctx_len(64)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("llama-bpe")
    writer.add_token_list([chr(97 + index) for index in range(26)] + ["ab", "é", "日本", "<s>", "</s>", "Ġ"])
    writer.add_token_types([1] * 29 + [3, 3, 1])
    writer.add_token_merges(["a b", "Ġ a"])
    writer.add_bos_token_id(29)
    writer.add_eos_token_id(30)
    writer.add_chat_template("{{ messages[0].content }}")
    writer.add_array("test.floats", [0.5, -1.25, 3.0])
    writer.add_array("test.flags", [True, False, True])
    writer.add_array("test.nested", [[1, 2, 3], [4]])
    for label, kind in formats.items():
        values = random.standard_normal((4, 256), dtype=np.float32)
        if kind == gguf.GGMLQuantizationType.F32:
            writer.add_tensor(f"test.{label}", values)
        else:
            writer.add_tensor(f"test.{label}", gguf.quants.quantize(values, kind), raw_dtype=kind)
    writer.add_tensor("token_embd.weight", random.standard_normal((32, 64), dtype=np.float32))
    writer.add_tensor("output.weight", random.standard_normal((32, 64), dtype=np.float32).astype(np.float16))
    writer.add_tensor("rope_freqs.weight", np.ones(8, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


write("tiny-llama.gguf", FORMATS)
write("tiny-llama-big-endian.gguf", {"f32": FORMATS["f32"]}, gguf.GGUFEndian.BIG)
