"""Tiny model files, written by the `gguf` package."""

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Type

HIDDEN, INNER, HEADS, CACHE_HEADS, HEAD, VOCABULARY, LAYERS, CONTEXT = 64, 128, 4, 2, 16, 96, 2, 256


def tensor(writer, random, name, rows, columns, kind):
    """Adds a matrix; formats that the package cannot make are filled with zeros, which every format can be."""
    plain = random.normal(0, columns ** -0.5, (rows, columns)).astype(np.float32)
    if kind == Type.F32:
        writer.add_tensor(name, plain)
        return
    try:
        data = gguf.quants.quantize(plain, kind)
    except NotImplementedError:
        values, size = gguf.GGML_QUANT_SIZES[kind]
        data = np.zeros((rows, columns // values * size), np.uint8)
    writer.add_tensor(name, data, raw_dtype=kind)


def tiny_llama(path, kind=Type.Q8_0, architecture="llama", hidden=HIDDEN, inner=INNER, metadata=lambda writer: None,
               leave_out=()):
    """Writes a llama of two layers whose matrices are in `kind`, with norms in F32."""
    random = np.random.default_rng(7)
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_name("Tiny")
    writer.add_block_count(LAYERS)
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(hidden)
    writer.add_feed_forward_length(inner)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(CACHE_HEADS)
    writer.add_key_length(hidden // HEADS)
    writer.add_value_length(hidden // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10000.0)
    writer.add_vocab_size(VOCABULARY)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list([f"t{index}" for index in range(VOCABULARY)])
    metadata(writer)
    keys = hidden // HEADS * CACHE_HEADS
    matrices = {"token_embd": (VOCABULARY, hidden)}
    for layer in range(LAYERS):
        matrices |= {
            f"blk.{layer}.attn_q": (hidden, hidden), f"blk.{layer}.attn_k": (keys, hidden),
            f"blk.{layer}.attn_v": (keys, hidden), f"blk.{layer}.attn_output": (hidden, hidden),
            f"blk.{layer}.ffn_gate": (inner, hidden), f"blk.{layer}.ffn_up": (inner, hidden),
            f"blk.{layer}.ffn_down": (hidden, inner),
        }
    for name, (rows, columns) in matrices.items():
        if name not in leave_out:
            tensor(writer, random, f"{name}.weight", rows, columns, kind)
    norms = ["output_norm"] + [f"blk.{layer}.{norm}" for layer in range(LAYERS) for norm in ("attn_norm", "ffn_norm")]
    for name in norms:
        writer.add_tensor(f"{name}.weight", random.normal(1, 0.1, hidden).astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def huge_llama(path, size):
    """Writes a llama of about `size` bytes in F16 that takes no room on disk: its weights are a hole of zeros."""
    hidden, inner = 4096, 16384
    per_layer = 2 * (2 * hidden * hidden + 2 * hidden * hidden // 4 + 3 * hidden * inner)
    layers = size // per_layer + 1
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("Huge")
    writer.add_block_count(layers)
    writer.add_context_length(4096)
    writer.add_embedding_length(hidden)
    writer.add_feed_forward_length(inner)
    writer.add_head_count(32)
    writer.add_head_count_kv(8)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(1024)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)

    def hole(name, shape, dtype=np.float16):
        writer.add_tensor_info(name, shape, np.dtype(dtype), int(np.prod(shape)) * np.dtype(dtype).itemsize)

    hole("token_embd.weight", (1024, hidden))
    hole("output_norm.weight", (hidden,), np.float32)
    for layer in range(layers):
        name = f"blk.{layer}"
        hole(f"{name}.attn_norm.weight", (hidden,), np.float32)
        hole(f"{name}.ffn_norm.weight", (hidden,), np.float32)
        hole(f"{name}.attn_q.weight", (hidden, hidden))
        hole(f"{name}.attn_k.weight", (hidden // 4, hidden))
        hole(f"{name}.attn_v.weight", (hidden // 4, hidden))
        hole(f"{name}.attn_output.weight", (hidden, hidden))
        hole(f"{name}.ffn_gate.weight", (inner, hidden))
        hole(f"{name}.ffn_up.weight", (inner, hidden))
        hole(f"{name}.ffn_down.weight", (hidden, inner))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    writer.close()
    data = -(-path.stat().st_size // 32) * 32
    with open(path, "r+b") as file:
        file.truncate(data + sum(-(-info.nbytes // 32) * 32 for part in writer.tensors for info in part.values()))
    return path
