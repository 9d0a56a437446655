"""Writes GGUF files of a model's shape with weights that mean nothing, for measuring speed. Standard library only.

Every block has valid scales, so that activations stay finite; its codes are random. The choice of formats per matrix is the
one that llama.cpp's quantizer makes for a file type (`src/llama-quant.cpp`).
"""

import random
import struct

# Name: (type number, values per block, bytes per block).
FORMATS = {
    "F32": (0, 1, 4), "F16": (1, 1, 2), "Q4_0": (2, 32, 18), "Q5_0": (6, 32, 22), "Q8_0": (8, 32, 34),
    "Q4_K": (12, 256, 144), "Q5_K": (13, 256, 176), "Q6_K": (14, 256, 210), "BF16": (30, 1, 2),
}

# File types: (type of most matrices, of the output, of the value and down matrices that keep more bits, general.file_type).
FILE_TYPES = {
    "F16": ("F16", "F16", "F16", 1), "BF16": ("BF16", "BF16", "BF16", 32), "Q8_0": ("Q8_0", "Q8_0", "Q8_0", 7),
    "Q4_0": ("Q4_0", "Q6_K", "Q4_0", 2), "Q4_K_M": ("Q4_K", "Q6_K", "Q6_K", 15), "Q5_K_M": ("Q5_K", "Q6_K", "Q6_K", 17),
    "Q6_K": ("Q6_K", "Q6_K", "Q6_K", 18),
}

# For rows that do not fill blocks of 256.
FALLBACKS = {"Q4_K": "Q5_0", "Q5_K": "Q8_0", "Q6_K": "Q8_0"}

SHAPES = {
    "llama-1b": dict(architecture="llama", layers=16, hidden=2048, inner=8192, heads=32, kv_heads=8, head=64,
                     vocabulary=128256, tied=True, rope_base=500000.0),
    "llama-3b": dict(architecture="llama", layers=28, hidden=3072, inner=8192, heads=24, kv_heads=8, head=128,
                     vocabulary=128256, tied=True, rope_base=500000.0),
    "qwen-0.5b": dict(architecture="qwen2", layers=24, hidden=896, inner=4864, heads=14, kv_heads=2, head=64,
                      vocabulary=151936, tied=True, rope_base=1000000.0),
    # Qwen3-30B-A3B with 4 of its 48 layers.
    "qwen-moe": dict(architecture="qwen3moe", layers=4, hidden=2048, inner=6144, heads=32, kv_heads=4, head=128,
                     vocabulary=151936, tied=False, rope_base=1000000.0, experts=128, used=8, expert_inner=768),
}


def half(value):
    return struct.pack("<e", value)


def block(name, noise, scale):
    """One block of `name` whose values are spread over about -4 scale ... 4 scale."""
    codes = noise.randbytes
    if name == "F32":
        return struct.pack("<f", noise.gauss(0, scale))
    if name == "F16":
        return half(noise.gauss(0, scale))
    if name == "BF16":
        return struct.pack("<f", noise.gauss(0, scale))[2:]
    if name == "Q4_0":
        return half(scale / 4) + codes(16)
    if name == "Q5_0":
        return half(scale / 8) + codes(20)
    if name == "Q8_0":
        return half(scale / 64) + codes(32)
    if name == "Q4_K":
        return half(scale / 128) + half(scale / 20) + bytes(12 * [0x20 | 0x04]) + codes(128)
    if name == "Q5_K":
        return half(scale / 256) + half(scale / 20) + bytes(12 * [0x20 | 0x04]) + codes(160)
    if name == "Q6_K":
        return codes(192) + bytes(16 * [32]) + half(scale / 512)
    raise ValueError(name)


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


class Writer:
    """Collects metadata and tensors, then writes them without holding the weights in memory."""

    def __init__(self):
        self.metadata, self.tensors = [], []

    def add(self, key, value):
        if isinstance(value, str):
            self.metadata.append(text(key) + struct.pack("<I", 8) + text(value))
        elif isinstance(value, float):
            self.metadata.append(text(key) + struct.pack("<If", 6, value))
        else:
            self.metadata.append(text(key) + struct.pack("<II", 4, value))

    def tensor(self, name, shape, kind):
        self.tensors.append((name, shape, kind))

    def write(self, path, seed=1):
        noise = random.Random(seed)
        patterns = {}
        with open(path, "wb") as file:
            file.write(b"GGUF" + struct.pack("<IQQ", 3, len(self.tensors), len(self.metadata)))
            file.write(b"".join(self.metadata))
            offset, sizes = 0, []
            for name, shape, kind in self.tensors:
                number, values, size = FORMATS[kind]
                count = 1
                for extent in shape:
                    count *= extent
                sizes.append(count // values * size)
                file.write(text(name) + struct.pack("<I", len(shape)) + struct.pack(f"<{len(shape)}Q", *shape))
                file.write(struct.pack("<IQ", number, offset))
                offset += -(-sizes[-1] // 32) * 32
            file.write(bytes(-file.tell() % 32))
            for (name, shape, kind), size in zip(self.tensors, sizes):
                if len(shape) == 1:
                    file.write(struct.pack("<f", 1.0) * shape[0])
                else:
                    key = (kind, shape[0])
                    if key not in patterns:
                        scale = shape[0] ** -0.5
                        patterns[key] = b"".join(block(kind, noise, scale) for _ in range(40000))
                    self.fill(file, patterns[key], FORMATS[kind][2], size, noise)
                file.write(bytes(-size % 32))

    @staticmethod
    def fill(file, pattern, unit, size, noise):
        """Writes `size` bytes in pieces of the pattern that begin at random blocks."""
        while size:
            begin = noise.randrange(len(pattern) // unit // 2) * unit
            piece = pattern[begin:begin + min(size, len(pattern) // 2 // unit * unit)]
            file.write(piece)
            size -= len(piece)


def keeps_more_bits(layer, layers):
    eighth = layers // 8
    return layer < eighth or layer >= 7 * layers // 8 or (layer - eighth) % 3 == 2


def write_model(path, shape_name, file_type):
    """Writes `shape_name` in `file_type` to `path`."""
    shape = SHAPES[shape_name]
    most, output, kept, number = FILE_TYPES[file_type]
    writer = Writer()
    name = shape["architecture"]
    writer.add("general.architecture", name)
    writer.add("general.name", shape_name)
    writer.add("general.file_type", number)
    for key, value in (("block_count", "layers"), ("embedding_length", "hidden"), ("feed_forward_length", "inner"),
                       ("attention.head_count", "heads"), ("attention.head_count_kv", "kv_heads"),
                       ("attention.key_length", "head"), ("attention.value_length", "head"),
                       ("rope.dimension_count", "head"), ("vocab_size", "vocabulary")):
        writer.add(f"{name}.{key}", shape[value])
    writer.add(f"{name}.context_length", 131072)
    writer.add(f"{name}.attention.layer_norm_rms_epsilon", 1e-5)
    writer.add(f"{name}.rope.freq_base", shape["rope_base"])
    if "experts" in shape:
        writer.add(f"{name}.expert_count", shape["experts"])
        writer.add(f"{name}.expert_used_count", shape["used"])
        writer.add(f"{name}.expert_feed_forward_length", shape["expert_inner"])
    writer.add("tokenizer.ggml.model", "no_vocab")

    def matrix(role, columns, rows, wanted, depth=()):
        kind = wanted if columns % FORMATS[wanted][1] == 0 else FALLBACKS[wanted]
        writer.tensor(role + ".weight", (columns, rows, *depth), kind)

    hidden, heads, kv = shape["hidden"], shape["heads"] * shape["head"], shape["kv_heads"] * shape["head"]
    matrix("token_embd", hidden, shape["vocabulary"], output if shape["tied"] else most)
    if not shape["tied"]:
        matrix("output", hidden, shape["vocabulary"], output)
    writer.tensor("output_norm.weight", (hidden,), "F32")
    for layer in range(shape["layers"]):
        prefix = f"blk.{layer}."
        more = kept if keeps_more_bits(layer, shape["layers"]) else most
        for norm in ("attn_norm", "ffn_norm"):
            writer.tensor(prefix + norm + ".weight", (hidden,), "F32")
        if name == "qwen2":
            for bias, size in (("attn_q", heads), ("attn_k", kv), ("attn_v", kv)):
                writer.tensor(prefix + bias + ".bias", (size,), "F32")
        if name == "qwen3moe":
            for norm in ("attn_q_norm", "attn_k_norm"):
                writer.tensor(prefix + norm + ".weight", (shape["head"],), "F32")
        matrix(prefix + "attn_q", hidden, heads, most)
        matrix(prefix + "attn_k", hidden, kv, most)
        matrix(prefix + "attn_v", hidden, kv, more)
        matrix(prefix + "attn_output", heads, hidden, most)
        if "experts" in shape:
            experts, inner = (shape["experts"],), shape["expert_inner"]
            writer.tensor(prefix + "ffn_gate_inp.weight", (hidden, shape["experts"]), "F32")
            matrix(prefix + "ffn_gate_exps", hidden, inner, most, experts)
            matrix(prefix + "ffn_up_exps", hidden, inner, most, experts)
            matrix(prefix + "ffn_down_exps", inner, hidden, more, experts)
        else:
            matrix(prefix + "ffn_gate", hidden, shape["inner"], most)
            matrix(prefix + "ffn_up", hidden, shape["inner"], most)
            matrix(prefix + "ffn_down", shape["inner"], hidden, more)
    writer.write(path)
