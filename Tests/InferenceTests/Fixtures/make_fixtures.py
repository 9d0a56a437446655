#!/usr/bin/env python3
"""Writes the tiny GGUF models of this folder and expected.json, what an independent double-precision transformer makes of them.

    python3 -m venv venv && venv/bin/pip install gguf==0.19.0 numpy && venv/bin/python make_fixtures.py

The transformer below uses no cache and no batches: it recomputes every position in float64 from the weights that the
`gguf` package decodes. Only one thing of the implementation under test is part of its meaning: keys and values are
rounded to float16. Each fixture comes with `bound`, the largest difference of a logit that is allowed:

- F32 and F16 weights are multiplied with float32 activations: 1e-5 of the range of the logits. Fixtures in which a key or
  value lies so close to the middle of two float16 numbers that float32 arithmetic may round it the other way are rejected.
- Block formats are multiplied with activations in 8 bits, rounded in blocks of 32 by up to half a step, step = largest
  magnitude / 127. The bound is six standard deviations of the logit under independent errors uniform within half a step
  at the input of every product, estimated from 96 runs of the float64 transformer.

The greedy tokens are unambiguous: at every step the best logit leads the next one by more than 2.1 bounds,
and they vary, so that a transformer that only repeats its input fails.
"""
import json
import pathlib

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Type

FOLDER = pathlib.Path(__file__).parent
GENERATED = 4
RUNS = 96


class Shape:
    def __init__(self, arch="llama", layers=2, hidden=32, inter=64, heads=4, kv=2, head=8, vocab=48, tied=True,
                 base=10000.0, scaling=None, context=64):
        self.__dict__.update({k: v for k, v in locals().items() if k != "self"})


# ---------------------------------------------------------------------------------------------------- weights in blocks

def blocks_q4_k(rng, rows, columns, deviation):
    count = rows * columns // 256
    scales = rng.integers(20, 64, (count, 8)).astype(np.uint8)
    minima = np.clip(scales.astype(np.int64) + rng.integers(-2, 3, (count, 8)), 0, 63).astype(np.uint8)
    codes = np.clip(np.rint(rng.normal(8.0, 3.0, (count, 256))), 0, 15).astype(np.uint8)
    d = (rng.uniform(0.9, 1.1, (count, 1)) * deviation / (3 * 42)).astype(np.float16)
    minimum = (d.astype(np.float64) * 8).astype(np.float16)
    packed = np.zeros((count, 12), np.uint8)
    packed[:, 0:4] = scales[:, 0:4] | (scales[:, 4:8] >> 4) << 6
    packed[:, 4:8] = minima[:, 0:4] | (minima[:, 4:8] >> 4) << 6
    packed[:, 8:12] = (scales[:, 4:8] & 15) | (minima[:, 4:8] & 15) << 4
    pairs = codes.reshape(count, 4, 2, 32)
    low = (pairs[:, :, 0] | pairs[:, :, 1] << 4).reshape(count, 128)
    raw = np.concatenate([d.view(np.uint8), minimum.view(np.uint8), packed, low], axis=1)
    values = (d.astype(np.float64) * scales)[:, :, None] * codes.reshape(count, 8, 32)
    values = values - (minimum.astype(np.float64) * minima)[:, :, None]
    return raw.reshape(rows, -1), values.reshape(rows, columns)


def blocks_q6_k(rng, rows, columns, deviation):
    count = rows * columns // 256
    scales = (rng.integers(20, 100, (count, 16)) * rng.choice([-1, 1], (count, 16))).astype(np.int8)
    codes = np.clip(np.rint(rng.normal(32.0, 10.0, (count, 256))), 0, 63).astype(np.uint8)
    d = (rng.uniform(0.9, 1.1, (count, 1)) * deviation / (10 * 60)).astype(np.float16)
    c = codes.reshape(count, 2, 4, 32)
    low = np.concatenate([(c[:, :, 0] & 15) | (c[:, :, 2] & 15) << 4, (c[:, :, 1] & 15) | (c[:, :, 3] & 15) << 4], 2)
    high = c[:, :, 0] >> 4 | c[:, :, 1] >> 4 << 2 | c[:, :, 2] >> 4 << 4 | c[:, :, 3] >> 4 << 6
    raw = np.concatenate(
        [low.reshape(count, 128), high.reshape(count, 64), scales.view(np.uint8), d.view(np.uint8)], axis=1)
    values = d.astype(np.float64)[:, :, None] * scales[:, :, None] * (codes.reshape(count, 16, 16).astype(np.int64) - 32)
    return raw.reshape(rows, -1), values.reshape(rows, columns)


class Matrix:
    """A weight matrix as raw bytes of a format and as the float64 values that those bytes mean."""

    def __init__(self, rng, rows, columns, kind, gain=1.0):
        deviation = gain / np.sqrt(columns)
        if columns % gguf.GGML_QUANT_SIZES[kind][0]:
            kind = Type.Q8_0
        self.kind = kind
        if kind == Type.Q4_K:
            self.raw, self.values = blocks_q4_k(rng, rows, columns, deviation)
        elif kind == Type.Q6_K:
            self.raw, self.values = blocks_q6_k(rng, rows, columns, deviation)
        else:
            plain = rng.normal(0, deviation, (rows, columns)).astype(np.float32)
            self.raw = plain if kind == Type.F32 else gguf.quants.quantize(plain, kind)
            self.values = gguf.quants.dequantize(self.raw, kind).astype(np.float64)
        if kind in (Type.Q4_K, Type.Q6_K):
            decoded = gguf.quants.dequantize(self.raw, kind)
            assert np.abs(decoded - self.values).max() < 1e-6 * np.abs(self.values).max()

    def multiply(self, x, noise):
        if noise is not None and self.kind not in (Type.F32, Type.F16):
            tokens, columns = x.shape
            step = np.abs(x.reshape(tokens, columns // 32, 32)).max(axis=2, keepdims=True) / 127
            error = noise.uniform(-0.5, 0.5, (tokens, columns // 32, 32)) * step
            x = x + error.reshape(tokens, columns)
        return x @ self.values.T


def make_weights(shape, kind, output_kind, seed):
    rng = np.random.default_rng(seed)
    q, kv = shape.heads * shape.head, shape.kv * shape.head

    def vector(size, mean, deviation):
        return rng.normal(mean, deviation, size).astype(np.float32)

    layers = []
    for _ in range(shape.layers):
        layer = {
            "attn_norm": vector(shape.hidden, 1, 0.1), "ffn_norm": vector(shape.hidden, 1, 0.1),
            "attn_q": Matrix(rng, q, shape.hidden, kind, 1.5), "attn_k": Matrix(rng, kv, shape.hidden, kind, 1.5),
            "attn_v": Matrix(rng, kv, shape.hidden, kind), "attn_output": Matrix(rng, shape.hidden, q, kind),
            "ffn_gate": Matrix(rng, shape.inter, shape.hidden, kind),
            "ffn_up": Matrix(rng, shape.inter, shape.hidden, kind),
            "ffn_down": Matrix(rng, shape.hidden, shape.inter, kind),
        }
        if shape.arch == "qwen2":
            layer |= {"attn_q.bias": vector(q, 0, 0.5), "attn_k.bias": vector(kv, 0, 0.5),
                      "attn_v.bias": vector(kv, 0, 0.5)}
        if shape.arch == "qwen3":
            layer |= {"attn_q_norm": vector(shape.head, 1, 0.2), "attn_k_norm": vector(shape.head, 1, 0.2)}
        layers.append(layer)
    return {
        "token_embd": Matrix(rng, shape.vocab, shape.hidden, output_kind if shape.tied else kind, 1.0),
        "output": None if shape.tied else Matrix(rng, shape.vocab, shape.hidden, output_kind, 3.0),
        "output_norm": vector(shape.hidden, 1, 0.1), "layers": layers,
    }


# ---------------------------------------------------------------------------------------------------------- transformer

def frequencies(shape):
    """Angles per position of each pair, and the magnitude."""
    pairs = shape.head // 2
    plain = shape.base ** (-np.arange(pairs) * 2.0 / shape.head)
    scaling = shape.scaling or {"type": "none"}
    if scaling["type"] == "none":
        return plain, 1.0
    if scaling["type"] == "linear":
        return plain / scaling["factor"], 1.0
    if scaling["type"] == "llama3":
        return plain / llama3_factors(shape).astype(np.float64), 1.0
    if scaling["type"] == "yarn":
        rotations = scaling["original"] * plain / (2 * np.pi)
        # The ramp of the paper is linear in the pair index between the pairs that make 32 turns and 1 turn.
        index = np.log(scaling["original"] / (2 * np.pi * np.array([32.0, 1.0]))) * shape.head / (2 * np.log(shape.base))
        first, last = max(np.floor(index[0]), 0), min(np.ceil(index[1]), shape.head - 1)
        gamma = 1 - np.clip((np.arange(pairs) - first) / max(last - first, 0.001), 0, 1)
        assert rotations[0] > 1
        return (1 - gamma) * plain / scaling["factor"] + gamma * plain, 0.1 * np.log(scaling["factor"]) + 1
    raise ValueError(scaling)


def llama3_factors(shape):
    s = shape.scaling
    factors = []
    for i in range(shape.head // 2):
        wavelength = 2 * np.pi * shape.base ** (2.0 * i / shape.head)
        if wavelength < s["original"] / s["high"]:
            factors.append(1.0)
        elif wavelength > s["original"] / s["low"]:
            factors.append(s["factor"])
        else:
            smooth = (s["original"] / wavelength - s["low"]) / (s["high"] - s["low"])
            factors.append(1 / ((1 - smooth) / s["factor"] + smooth))
    return np.array(factors, np.float32)


def normalize(x, weight):
    return x / np.sqrt((x * x).mean(axis=-1, keepdims=True) + 1e-5) * weight.astype(np.float64)


def rotate(x, shape):
    """x: (tokens, heads, head)"""
    angles, magnitude = frequencies(shape)
    turn = np.exp(1j * np.arange(x.shape[0])[:, None] * angles)[:, None, :] * magnitude
    half = shape.head // 2
    if shape.arch == "llama":
        turned = (x[..., 0::2] + 1j * x[..., 1::2]) * turn
        return np.stack([turned.real, turned.imag], axis=-1).reshape(x.shape)
    turned = (x[..., :half] + 1j * x[..., half:]) * turn
    return np.concatenate([turned.real, turned.imag], axis=-1)


class NearTie(Exception):
    pass


def to_half(x, strict):
    half = x.astype(np.float16)
    if strict:
        spacing = np.abs(np.spacing(half)).astype(np.float64)
        middle = spacing / 2 - np.abs(x - half.astype(np.float64))
        if np.any((middle < 5e-7) & (spacing > 2e-5)):
            raise NearTie
    return half.astype(np.float64)


def logits(shape, weights, tokens, noise=None, strict=False):
    """Logits after every position: (tokens, vocabulary)."""
    count = len(tokens)
    x = weights["token_embd"].values[np.array(tokens)]
    mask = np.triu(np.full((count, count), -np.inf), 1)
    for layer in weights["layers"]:
        h = normalize(x, layer["attn_norm"])
        q, k, v = (layer["attn_" + name].multiply(h, noise) for name in "qkv")
        if shape.arch == "qwen2":
            q, k, v = (y + layer[f"attn_{name}.bias"].astype(np.float64) for name, y in zip("qkv", (q, k, v)))
        q = q.reshape(count, shape.heads, shape.head)
        k, v = (y.reshape(count, shape.kv, shape.head) for y in (k, v))
        if shape.arch == "qwen3":
            q, k = normalize(q, layer["attn_q_norm"]), normalize(k, layer["attn_k_norm"])
        q, k = rotate(q, shape), to_half(rotate(k, shape), strict)
        v = to_half(v, strict)
        k, v = (np.repeat(y, shape.heads // shape.kv, axis=1) for y in (k, v))
        scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(shape.head) + mask
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed = np.einsum("hqk,khd->qhd", scores, v).reshape(count, -1)
        x = x + layer["attn_output"].multiply(mixed, noise)
        h = normalize(x, layer["ffn_norm"])
        gate, up = layer["ffn_gate"].multiply(h, noise), layer["ffn_up"].multiply(h, noise)
        x = x + layer["ffn_down"].multiply(gate / (1 + np.exp(-gate)) * up, noise)
    return (weights["output"] or weights["token_embd"]).multiply(normalize(x, weights["output_norm"]), noise)


# ------------------------------------------------------------------------------------------------------------- fixtures

def find(shape, kind, output_kind, prompt_length):
    """The first seed whose fixture is unambiguous."""
    exact = kind in (Type.F32, Type.F16)
    for seed in range(100000):
        weights = make_weights(shape, kind, output_kind, seed)
        tokens = list(np.random.default_rng(seed + 1).integers(0, shape.vocab, prompt_length))
        margins = []
        try:
            for _ in range(GENERATED):
                last = logits(shape, weights, tokens, strict=exact)[-1]
                order = np.argsort(last)
                margins.append(last[order[-1]] - last[order[-2]])
                tokens.append(order[-1])
            reference = logits(shape, weights, tokens, strict=exact)[prompt_length - 1:]
        except NearTie:
            continue
        span = reference.max() - reference.min()
        if len(set(tokens[prompt_length - 1:])) < (GENERATED + 1 if exact else 3):
            continue
        if min(margins) < 0.02 * span:
            continue
        bound = 1e-5 * span
        if not exact:
            noise = np.random.default_rng(1)
            total = np.zeros_like(reference)
            for _ in range(RUNS):
                total += (logits(shape, weights, tokens, noise=noise)[prompt_length - 1:] - reference) ** 2
            bound = 6 * np.sqrt(total / RUNS).max()
        if min(margins) > 2.1 * bound:
            return seed, weights, [int(t) for t in tokens], reference, bound
    raise SystemExit("no unambiguous seed")


def write(name, shape, weights):
    path = FOLDER / f"{name}.gguf"
    writer = gguf.GGUFWriter(path, shape.arch)
    writer.add_name(name)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.hidden)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.inter)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv)
    writer.add_key_length(shape.head)
    writer.add_value_length(shape.head)
    writer.add_rope_dimension_count(shape.head)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(shape.base)
    writer.add_vocab_size(shape.vocab)
    scaling = shape.scaling or {"type": "none"}
    if scaling["type"] == "linear":
        writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(scaling["factor"])
    elif scaling["type"] == "yarn":
        writer.add_rope_scaling_type(gguf.RopeScalingType.YARN)
        writer.add_rope_scaling_factor(scaling["factor"])
        writer.add_rope_scaling_orig_ctx_len(scaling["original"])
    elif scaling["type"] == "llama3":
        writer.add_tensor("rope_freqs.weight", llama3_factors(shape))

    def add(name, value):
        if isinstance(value, Matrix):
            writer.add_tensor(name, value.raw, raw_dtype=value.kind)
        elif value is not None:
            writer.add_tensor(name, value)

    for key in ("token_embd", "output", "output_norm"):
        add(key + ".weight", weights[key])
    for index, layer in enumerate(weights["layers"]):
        for key, value in layer.items():
            add(f"blk.{index}.{key}" + ("" if key.endswith(".bias") else ".weight"), value)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main():
    fixtures = []

    def make(name, shape, kind, output_kind=None, prompt_length=6):
        seed, weights, tokens, reference, bound = find(shape, kind, output_kind or kind, prompt_length)
        write(name, shape, weights)
        fixtures.append({
            "name": name, "format": kind.name, "prompt": tokens[:prompt_length], "greedy": tokens[prompt_length:],
            "bound": float(f"{bound:.6g}"), "seed": seed,
            "logits": [[float(f"{value:.9g}") for value in row] for row in reference],
        })
        print(f"{name}: seed {seed}, bound {bound:.3g}, range {reference.max() - reference.min():.3g}", flush=True)

    grouped, multi = {"kv": 2}, {"kv": 4}
    make("f32-grouped-tied", Shape(**grouped), Type.F32)
    make("f32-multi-separate", Shape(layers=1, **multi, tied=False), Type.F32)
    make("f16-grouped-separate", Shape(**grouped, tied=False), Type.F16)
    make("f16-multi-tied", Shape(layers=1, **multi), Type.F16)
    for kind in (Type.Q8_0, Type.Q4_0):
        for heads, kv in (("grouped", 2), ("multi", 4)):
            for output, tied in (("tied", True), ("separate", False)):
                name = f"{kind.name.lower()}-{heads}-{output}"
                make(name, Shape(kv=kv, tied=tied), kind, Type.Q8_0)
    wide = {"layers": 1, "hidden": 256, "heads": 4, "head": 32, "inter": 64, "vocab": 64}
    full = {"layers": 1, "hidden": 256, "heads": 8, "head": 32, "inter": 256, "vocab": 64}
    make("q4_k-grouped-tied", Shape(**full, kv=2), Type.Q4_K, Type.Q6_K)
    make("q4_k-multi-separate", Shape(**wide, kv=4, tied=False), Type.Q4_K, Type.Q6_K)
    make("q6_k-grouped-separate", Shape(**wide, kv=1, tied=False), Type.Q6_K)
    make("q6_k-multi-tied", Shape(**wide, kv=4), Type.Q6_K)
    small = {"layers": 1, "heads": 2, "kv": 1, "head": 16}
    make("rope-linear", Shape(**small, scaling={"type": "linear", "factor": 4.0}), Type.F32, prompt_length=20)
    make("rope-llama3", Shape(**small, scaling={"type": "llama3", "factor": 8.0, "low": 1.0, "high": 4.0, "original": 64}),
         Type.F32, prompt_length=20)
    make("rope-yarn", Shape(**small, scaling={"type": "yarn", "factor": 4.0, "original": 256}, base=100.0), Type.F32,
         prompt_length=20)
    make("qwen2-bias", Shape(arch="qwen2", **small), Type.F32, prompt_length=12)
    make("qwen3-head-norm", Shape(arch="qwen3", **small), Type.F32, prompt_length=12)
    (FOLDER / "expected.json").write_text(json.dumps(fixtures, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")


if __name__ == "__main__":
    main()
