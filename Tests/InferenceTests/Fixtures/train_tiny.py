"""Trains a tiny llama on text of a small grammar, and writes it with what it must say of text that it has not seen.

python train_tiny.py .        (numpy and gguf; some minutes)

Backward passes are written out below; `--check` compares them with finite differences.
"""

import json
import pathlib
import random
import sys

import gguf
import numpy as np

LAYERS, WIDTH, HEADS, CACHE_HEADS, HEAD, INNER, CONTEXT = 2, 64, 4, 2, 16, 160, 256
EPSILON, BASE = 1e-5, 10000.0
STEPS, BATCH, LENGTH, RATE = 1500, 16, 96, 6e-3


# ------------------------------------------------------------------------------------------------------------------ text

def sentences(rng, count):
    """Sentences whose parts agree: what an animal eats, where it lives, and sums that are right."""
    animals = {"cat": ("fish", "house"), "horse": ("grass", "field"), "bear": ("honey", "forest"),
               "mouse": ("cheese", "barn"), "gull": ("crabs", "harbor"), "goat": ("leaves", "valley")}
    lines = []
    for _ in range(count):
        name, (food, place) = rng.choice(list(animals.items()))
        size = rng.choice(["small", "old", "young", "quiet"])
        a, b = rng.randint(1, 9), rng.randint(1, 9)
        lines.append(rng.choice([
            f"The {size} {name} eats {food}.", f"In the {place} lives a {size} {name}.",
            f"Does the {name} eat {food}? Yes, the {name} eats {food}.", f"{a} plus {b} is {a + b}.",
            f"The {name} of the {place} is {size}, and it eats {food}."]))
    return " ".join(lines)


# ------------------------------------------------------------------------------------------------------------- vocabulary

def alphabet():
    """GPT-2's character for each byte."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = iter(range(0x100, 0x200))
    return [chr(byte) if byte in printable else chr(next(others)) for byte in range(256)]


def train_merges(text, count):
    """Byte-pair encoding on words that begin with their space, as the pattern of GPT-2 cuts this text."""
    letters = alphabet()
    words = {}
    for word in split(text):
        key = tuple(letters[byte] for byte in word.encode())
        words[key] = words.get(key, 0) + 1
    merges = []
    for _ in range(count):
        pairs = {}
        for word, times in words.items():
            for pair in zip(word, word[1:]):
                pairs[pair] = pairs.get(pair, 0) + times
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        merges.append(best)
        words = {merge(word, best): times for word, times in words.items()}
    return merges


def split(text):
    import re
    return re.findall(r" ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s", text)


def merge(word, pair):
    result, place = [], 0
    while place < len(word):
        if word[place:place + 2] == pair:
            result.append("".join(pair))
            place += 2
        else:
            result.append(word[place])
            place += 1
    return tuple(result)


def encode(text, merges, index):
    letters, ids = alphabet(), []
    for word in split(text):
        parts = tuple(letters[byte] for byte in word.encode())
        for pair in merges:
            parts = merge(parts, pair)
        ids += [index[part] for part in parts]
    return ids


# ------------------------------------------------------------------------------------------------------------------ model

def initial(vocabulary, rng):
    weights = {"token_embd": rng.normal(0, 0.05, (vocabulary, WIDTH)), "output_norm": np.ones(WIDTH)}
    for layer in range(LAYERS):
        for name, (rows, columns) in {
                "attn_q": (WIDTH, WIDTH), "attn_k": (CACHE_HEADS * HEAD, WIDTH), "attn_v": (CACHE_HEADS * HEAD, WIDTH),
                "attn_output": (WIDTH, WIDTH), "ffn_gate": (INNER, WIDTH), "ffn_up": (INNER, WIDTH),
                "ffn_down": (WIDTH, INNER)}.items():
            weights[f"blk.{layer}.{name}"] = rng.normal(0, columns ** -0.5, (rows, columns))
        for name in ("attn_norm", "ffn_norm"):
            weights[f"blk.{layer}.{name}"] = np.ones(WIDTH)
    return weights


def norm(x, w):
    scale = 1 / np.sqrt((x * x).mean(-1, keepdims=True) + EPSILON)
    return x * scale * w, (x, scale, w)


def norm_back(g, saved):
    x, scale, w = saved
    gx = g * w
    axes = tuple(range(g.ndim - 1))
    return gx * scale - x * scale ** 3 * (gx * x).mean(-1, keepdims=True), (g * x * scale).sum(axes)


def rotate(x, sign):
    """Pairs of neighbors, as llama's files have them; (batch, heads, tokens, head)."""
    angles = np.arange(x.shape[2])[:, None] * BASE ** (-np.arange(0, HEAD, 2) / HEAD)
    cosine, sine = np.cos(angles).astype(x.dtype), sign * np.sin(angles).astype(x.dtype)
    result = np.empty_like(x)
    result[..., 0::2] = x[..., 0::2] * cosine - x[..., 1::2] * sine
    result[..., 1::2] = x[..., 0::2] * sine + x[..., 1::2] * cosine
    return result


def heads(x, count):
    return x.reshape(x.shape[0], x.shape[1], count, HEAD).transpose(0, 2, 1, 3)


def joined(x):
    return x.transpose(0, 2, 1, 3).reshape(x.shape[0], x.shape[2], -1)


def forward(w, ids):
    """Logits for each position of (batch, tokens), and what the backward pass needs."""
    saved, x = [], w["token_embd"][ids]
    tokens = ids.shape[1]
    hidden = np.triu(np.ones((tokens, tokens), bool), 1)
    for layer in range(LAYERS):
        p = f"blk.{layer}."
        a, norm1 = norm(x, w[p + "attn_norm"])
        q = rotate(heads(a @ w[p + "attn_q"].T, HEADS), 1)
        k = rotate(heads(a @ w[p + "attn_k"].T, CACHE_HEADS), 1)
        v = heads(a @ w[p + "attn_v"].T, CACHE_HEADS)
        kk, vv = k.repeat(HEADS // CACHE_HEADS, 1), v.repeat(HEADS // CACHE_HEADS, 1)
        scores = q @ kk.swapaxes(2, 3) * HEAD ** -0.5
        scores[:, :, hidden] = -np.inf
        scores -= scores.max(-1, keepdims=True)
        s = np.exp(scores)
        s /= s.sum(-1, keepdims=True)
        o = joined(s @ vv)
        x = x + o @ w[p + "attn_output"].T
        b, norm2 = norm(x, w[p + "ffn_norm"])
        gate, up = b @ w[p + "ffn_gate"].T, b @ w[p + "ffn_up"].T
        sigmoid = 1 / (1 + np.exp(-gate))
        h = gate * sigmoid * up
        x = x + h @ w[p + "ffn_down"].T
        saved.append((a, norm1, q, kk, vv, s, o, b, norm2, gate, up, sigmoid, h))
    last, norm3 = norm(x, w["output_norm"])
    return last @ w["token_embd"].T, (ids, saved, last, norm3)


def loss(logits, targets):
    """The mean negative log-likelihood, and its gradient."""
    shifted = logits - logits.max(-1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    chosen = np.take_along_axis(logs, targets[..., None], -1)
    gradient = np.exp(logs)
    np.put_along_axis(gradient, targets[..., None], np.take_along_axis(gradient, targets[..., None], -1) - 1, -1)
    return -chosen.mean(), gradient / targets.size


def product_back(g, x, weight):
    """The gradients of `x @ weight.T`."""
    return g @ weight, np.tensordot(g, x, ((0, 1), (0, 1)))


def fold(x):
    """Sums the query heads that share a head of the cache."""
    return x.reshape(x.shape[0], CACHE_HEADS, HEADS // CACHE_HEADS, *x.shape[2:]).sum(2)


def backward(w, g, state):
    ids, saved, last, norm3 = state
    grads = {}
    gx, grads["token_embd"] = product_back(g, last, w["token_embd"])
    gx, grads["output_norm"] = norm_back(gx, norm3)
    for layer in reversed(range(LAYERS)):
        p = f"blk.{layer}."
        a, norm1, q, kk, vv, s, o, b, norm2, gate, up, sigmoid, h = saved[layer]
        gh, grads[p + "ffn_down"] = product_back(gx, h, w[p + "ffn_down"])
        gup = gh * gate * sigmoid
        ggate = gh * up * sigmoid * (1 + gate * (1 - sigmoid))
        gb1, grads[p + "ffn_gate"] = product_back(ggate, b, w[p + "ffn_gate"])
        gb2, grads[p + "ffn_up"] = product_back(gup, b, w[p + "ffn_up"])
        gn, grads[p + "ffn_norm"] = norm_back(gb1 + gb2, norm2)
        gx = gx + gn
        go, grads[p + "attn_output"] = product_back(gx, o, w[p + "attn_output"])
        go = heads(go, HEADS)
        gs = go @ vv.swapaxes(2, 3)
        gs = s * (gs - (gs * s).sum(-1, keepdims=True)) * HEAD ** -0.5
        gq = joined(rotate(gs @ kk, -1))
        gk = joined(rotate(fold(gs.swapaxes(2, 3) @ q), -1))
        gv = joined(fold(s.swapaxes(2, 3) @ go))
        total = 0
        for name, part in (("attn_q", gq), ("attn_k", gk), ("attn_v", gv)):
            ga, grads[p + name] = product_back(part, a, w[p + name])
            total = total + ga
        gn, grads[p + "attn_norm"] = norm_back(total, norm1)
        gx = gx + gn
    np.add.at(grads["token_embd"], ids, gx)
    return grads


def check():
    rng = np.random.default_rng(1)
    w = initial(20, rng)
    ids = rng.integers(0, 20, (2, 7))
    logits, state = forward(w, ids[:, :-1])
    _, g = loss(logits, ids[:, 1:])
    grads = backward(w, g, state)
    for name, value in w.items():
        place = tuple(rng.integers(0, size) for size in value.shape)
        kept, results = value[place], []
        for step in (1e-5, -1e-5):
            value[place] = kept + step
            results.append(loss(forward(w, ids[:, :-1])[0], ids[:, 1:])[0])
        value[place] = kept
        assert abs((results[0] - results[1]) / 2e-5 - grads[name][place]) < 1e-7, name
    print("the gradients are right")


def train(data, vocabulary):
    rng = np.random.default_rng(3)
    w = {name: value.astype(np.float32) for name, value in initial(vocabulary, rng).items()}
    first = {name: np.zeros_like(value) for name, value in w.items()}
    second = {name: np.zeros_like(value) for name, value in w.items()}
    for step in range(1, STEPS + 1):
        starts = rng.integers(0, len(data) - LENGTH - 1, BATCH)
        batch = np.stack([data[start:start + LENGTH + 1] for start in starts])
        logits, state = forward(w, batch[:, :-1])
        value, g = loss(logits, batch[:, 1:])
        rate = RATE * min(1, step / 50) * (0.5 + 0.5 * np.cos(np.pi * step / STEPS))
        for name, gradient in backward(w, g, state).items():
            first[name] += 0.1 * (gradient - first[name])
            second[name] += 0.01 * (gradient ** 2 - second[name])
            corrected = first[name] / (1 - 0.9 ** step)
            w[name] -= (rate * corrected / (np.sqrt(second[name] / (1 - 0.99 ** step)) + 1e-8)).astype(np.float32)
        if step % 250 == 0:
            print(step, float(value), flush=True)
    return w


# ------------------------------------------------------------------------------------------------------------------ files

def write(path, w, tokens, merges):
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("Trained")
    writer.add_block_count(LAYERS)
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(CACHE_HEADS)
    writer.add_layer_norm_rms_eps(EPSILON)
    writer.add_rope_freq_base(BASE)
    writer.add_rope_dimension_count(HEAD)
    writer.add_vocab_size(len(tokens))
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    control = gguf.TokenType.CONTROL
    writer.add_token_types([control if token.startswith("<|") else gguf.TokenType.NORMAL for token in tokens])
    writer.add_token_merges([" ".join(pair) for pair in merges])
    writer.add_eos_token_id(len(tokens) - 1)
    writer.add_add_bos_token(False)
    for name, value in w.items():
        writer.add_tensor(f"{name}.weight", value.astype(np.float32 if value.ndim == 1 else np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main(folder):
    text = sentences(random.Random(1), 12000)
    held_out = sentences(random.Random(2), 40)
    merges = train_merges(text, 60)
    tokens = alphabet() + ["".join(pair) for pair in merges] + ["<|im_start|>", "<|im_end|>", "<|end|>"]
    tokens += [f"<|spare{i}|>" for i in range(-len(tokens) % 32)]
    tokens.append(tokens.pop(tokens.index("<|end|>")))
    index = {token: i for i, token in enumerate(tokens)}
    data = np.array(encode(text, merges, index))
    w = train(data, len(tokens))
    write(folder / "trained.gguf", w, tokens, merges)
    exact = {name: (value if value.ndim == 1 else value.astype(np.float16)).astype(np.float64) for name, value in w.items()}
    # As long as what was trained on: later positions were never seen.
    ids = np.array(encode(held_out, merges, index))[:LENGTH]
    value, _ = loss(forward(exact, ids[None, :-1])[0], ids[None, 1:])
    prompt = encode("The small cat eats", merges, index)
    answer = list(prompt)
    for _ in range(24):
        answer.append(int(forward(exact, np.array([answer]))[0][0, -1].argmax()))
    (folder / "trained.json").write_text(json.dumps({
        "text": "".join(bytes(alphabet().index(c) for c in tokens[i]).decode() for i in ids), "tokens": ids.tolist(),
        "perplexity": float(np.exp(value)), "prompt": "The small cat eats", "promptTokens": prompt,
        "answerTokens": answer[len(prompt):],
        "answer": "".join(tokens[i] for i in answer[len(prompt):]).replace("Ġ", " ")}, indent=1) + "\n")
    print((folder / "trained.json").read_text()[-600:])


if __name__ == "__main__":
    check() if "--check" in sys.argv else main(pathlib.Path(sys.argv[1]))
