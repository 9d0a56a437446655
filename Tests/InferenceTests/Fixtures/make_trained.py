#!/usr/bin/env python3
"""Writes a small model that was trained, in three formats, and its perplexity on text that it was not trained on.

    venv/bin/python make_trained.py        (the environment of make_architectures.py)

The language has sentences of a few templates, spelled in letters. The layers are random and stay so; the output matrix is fitted
to what they make of 200 sentences, by gradient descent on the cross entropy in float64. `perplexity` is that of the float64
transformer of make_architectures.py on held-out sentences, with the weights as each format stores them, and `unigram`
that of guessing by the frequency of letters.
"""
import json

import numpy as np
from gguf import GGMLQuantizationType as Type

import make_architectures as architectures
from make_fixtures import Matrix

FOLDER = architectures.FOLDER.parent / "trained"
LETTERS = " .abcdefghijklmnopqrstuvwxyz"
WORDS = {
    "N": ["cat", "dog", "river", "house", "child", "engine"], "V": ["sees", "finds", "likes", "carries"],
    "A": ["red", "old", "quick", "small"], "T": ["the", "a", "every"],
}
TEMPLATES = ["T N V T A N.", "T A N V T N.", "N and N V T N.", "T N V N and N."]


def sentence(rng):
    text = rng.choice(TEMPLATES)
    return "".join(rng.choice(WORDS[c]) if c in WORDS else c for c in text)


def passage(rng, sentences):
    return [LETTERS.index(c) for c in " " + " ".join(sentence(rng) for _ in range(sentences))]


def requantized(matrix, kind):
    rng = np.random.default_rng(0)
    copy = Matrix(rng, 32, 32, Type.F32)
    import gguf
    copy.kind = kind
    plain = matrix.values.astype(np.float32)
    copy.raw = gguf.quants.quantize(plain, kind)
    copy.values = gguf.quants.dequantize(copy.raw, kind).astype(np.float64)
    return copy


def losses(m, t, texts):
    out = []
    for tokens in texts:
        x = architectures.logits(m, t, tokens)[:-1]
        x = x - x.max(axis=-1, keepdims=True)
        out.append((np.log(np.exp(x).sum(axis=-1)) - x[np.arange(len(x)), tokens[1:]]))
    return np.concatenate(out)


def main():
    rng = np.random.default_rng(7)
    m = architectures.Model("qwen3", layers=2, hidden=64, inter=64, heads=4, kv=2, head=16, vocab=len(LETTERS),
                            tied=False, head_norm="head", gain=1.0, ffn_gain=1.5)
    t = architectures.make_weights(m, 3)
    # Sharp attention, so that the layers tell neighbors apart.
    for name in list(t):
        if name.endswith("_norm.weight") and "attn_q" in name:
            t[name] = (t[name] * 6).astype(np.float32)
    train = [passage(rng, 2) for _ in range(100)]
    held = [passage(rng, 2) for _ in range(6)]
    identity = Matrix(rng, m.hidden, m.hidden, Type.F32)
    identity.values = np.eye(m.hidden)
    features = np.concatenate([architectures.logits(m, t | {"output.weight": identity}, x)[:-1] for x in train])
    labels = np.concatenate([x[1:] for x in train])
    one_hot = np.eye(m.vocab)[labels]
    w, first, second = np.zeros((m.vocab, m.hidden)), 0, 0
    for step in range(1, 301):
        z = features @ w.T
        p = np.exp(z - z.max(axis=-1, keepdims=True))
        p /= p.sum(axis=-1, keepdims=True)
        gradient = (p - one_hot).T @ features / len(features) + 1e-5 * w
        first, second = 0.9 * first + 0.1 * gradient, 0.99 * second + 0.01 * gradient ** 2
        w -= 0.05 * (first / (1 - 0.9 ** step)) / (np.sqrt(second / (1 - 0.99 ** step)) + 1e-9)
    t["output.weight"].values = w.astype(np.float32).astype(np.float64)
    t["output.weight"].raw = w.astype(np.float32)
    counts = np.bincount(labels, minlength=m.vocab) + 1
    frequency = counts / counts.sum()
    targets = np.concatenate([x[1:] for x in held])
    unigram = float(np.exp(-np.log(frequency[targets]).mean()))
    FOLDER.mkdir(exist_ok=True)
    entries = []
    for kind in (Type.F16, Type.Q8_0, Type.Q4_0):
        stored = {k: requantized(v, kind) if isinstance(v, Matrix) else v for k, v in t.items()}
        architectures.FOLDER, folder = FOLDER, architectures.FOLDER
        name = "trained-" + kind.name.lower()
        architectures.write(name, architectures.variant(m, kind=kind), stored)
        architectures.FOLDER = folder
        perplexity = float(np.exp(losses(m, stored, held).mean()))
        print(f"{name}: perplexity {perplexity:.4f}, unigram {unigram:.3f}")
        entries.append({"name": name, "format": kind.name, "perplexity": round(perplexity, 7),
                        "unigram": round(unigram, 4), "texts": held})
    (FOLDER / "expected.json").write_text(
        json.dumps(entries, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")


if __name__ == "__main__":
    main()
