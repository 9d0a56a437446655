"""Small vocabularies, trained here, with the published configuration of each tokenizer family, as GGUF files."""

import json
import pathlib
import random
import sysconfig
import unicodedata

import gguf
import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

VOCABULARY = 3000
CONTRACTIONS = "'s|'t|'re|'ve|'m|'ll|'d"
UPPER, LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
PREFIX, TAIL = r"[^\r\n\p{L}\p{N}]?", r"|\s*[\r\n]+|\s+(?!\S)|\s+"
REST = r" ?[^\s\p{L}\p{N}]+"


def cl100k(digits):
    """The `Split` pattern of Llama 3's and Qwen 2's `tokenizer.json`."""
    return rf"(?i:{CONTRACTIONS})|{PREFIX}\p{{L}}+|{digits}|{REST}[\r\n]*{TAIL}"


def o200k(digits, contraction):
    """The pattern of o200k in openai/tiktoken, and of Tekken in mistral-common."""
    return (rf"{PREFIX}{UPPER}*{LOWER}+{contraction}|{PREFIX}{UPPER}+{LOWER}*{contraction}|{digits}|{REST}[\r\n/]*"
            + TAIL)


QWEN35 = (rf"(?i:{CONTRACTIONS})|{PREFIX}[\p{{L}}\p{{M}}]+|\p{{N}}| ?[^\s\p{{L}}\p{{M}}\p{{N}}]+[\r\n]*" + TAIL)
DEEPSEEK3 = (r"""[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+"""
             r"""| ?[\p{P}\p{S}]+[\r\n]*""" + TAIL)


def split(*patterns):
    steps = [pre_tokenizers.Split(Regex(pattern), "isolated") for pattern in patterns]
    return pre_tokenizers.Sequence(steps + [pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


GPT2 = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)

# By the name in `tokenizer.ggml.pre`: the pre-tokenizer, the normalizer, whether whole words are taken.
BYTE_LEVEL = {
    "llama-bpe": (split(cl100k(r"\p{N}{1,3}")), None, True),
    "lfm2": (split(cl100k(r"\p{N}{1,3}")), None, True),
    "dbrx": (split(cl100k(r"\p{N}{1,3}")), None, False),
    "qwen2": (split(cl100k(r"\p{N}")), normalizers.NFC(), False),
    "qwen35": (split(QWEN35), normalizers.NFC(), False),
    "gpt-4o": (split(o200k(r"\p{N}{1,3}", f"(?i:{CONTRACTIONS})?")), None, False),
    "tekken": (split(o200k(r"\p{N}", "")), None, True),
    "smollm": (pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), GPT2]), None, False),
    "refact": (pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), GPT2]), None, False),
    "gpt-2": (GPT2, None, False),
    "deepseek-v3": (split(r"\p{N}{1,3}", "[一-龥぀-ゟ゠-ヿ]+", DEEPSEEK3), None, False),
}
SENTENCE_PIECE = {"llama": "bpe", "gemma": "bpe", "t5": "unigram"}


def sources():
    """Real text that is on every machine that runs this: the sources and notes of Python and its packages."""
    roots = [pathlib.Path(sysconfig.get_paths()[name]) for name in ("purelib", "stdlib")]
    files = sorted(path for root in roots for pattern in ("*/*.py", "*.dist-info/METADATA", "encodings/*.py")
                   for path in root.glob(pattern))
    lines = []
    for path in files[:1500]:
        try:
            lines += path.read_text(encoding="utf-8").splitlines()
        except (UnicodeDecodeError, OSError):
            continue
    return [line for line in lines if len(line) < 400]


def alphabets(rng):
    """Strings of one Unicode block each, of characters that every copy of the database knows."""
    blocks = [(0x20, 0x7F), (0xA0, 0x180), (0x180, 0x250), (0x370, 0x400), (0x400, 0x530), (0x531, 0x590),
              (0x591, 0x5F5), (0x600, 0x700), (0x900, 0x980), (0xE00, 0xE5C), (0x10A0, 0x1100), (0x1100, 0x1200),
              (0x1E00, 0x2000), (0x2000, 0x2070), (0x2070, 0x20C0), (0x20D0, 0x20F1), (0x2100, 0x2190),
              (0x2190, 0x2400), (0x2460, 0x2500), (0x2500, 0x2C00), (0x3000, 0x3040), (0x3041, 0x3100),
              (0x3131, 0x318F), (0x4E00, 0x9FA6), (0xA720, 0xA7BF), (0xAC00, 0xD7A4), (0xF900, 0xFA6E),
              (0xFB00, 0xFB50), (0xFE50, 0xFF00), (0xFF01, 0xFFE7), (0x10300, 0x10320), (0x1D400, 0x1D7FF),
              (0x1F300, 0x1F700), (0x20000, 0x20100)]
    known = {block: [chr(code) for code in range(*block) if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")]
             for block in blocks}
    while True:
        yield "".join(rng.choices(known[rng.choice(blocks)], k=rng.randint(1, 24)))


ODD = ["", " ", "  ", "\t", "\n", "\r\n", "\r", "\n\n\n", " \n ", "\u00a0", "\u2003", "\u3000", "\u2028", "\u0085", "\x0b",
       "\x0c", "\x01", "\x1b[0m", "\x7f", "\ufeff", "\u200b", "\u200d", "\u00ad", "\u202e", "'s", "'S", "'ll", "'LL", "'Re",
       "'vE", "'D", "'\u017f", "\u2019s", "'", "''", "'x", "I'm", "WE'VE", "don't", "DON'T", "👩‍👩‍👧‍👦", "👍🏽", "🇩🇪🇫🇷", "e\u0301", "é",
       "\u0301", "a\u0323\u0302", "가", "각", "Å", "Å", "ﬁ", "ǅ", "ʰ", "ª", "½", "²", "Ⅷ", "٣", "１２", "12345678", "3.14",
       "1e-9", "0x1F", "camelCase", "HTTPServer", "snake_case", "ALLCAPS", "x" * 200, "=" * 90, "-" * 33, "/", "//\n/",
       "!?\n", "...\r\n", "مرحبا بالعالم", "שלום", "नमस्ते", "สวัสดี", "你好，世界", "こんにちは", "한국어", "Ünïcödé", "ΑΒΓδ", "Привет",
       "\\u0041", "{\"a\": [1, 2]}", "<b>", "&amp;", "#!/bin/sh", "    return x", "\t\tif (a != b) {", "  x", "x  ",
       " ▁ ", "▁", "Ġ", "<0x0A>", "<|x|>", "\U000e0001", "\u1e9e", "İ", "ß"]


def corpus(count, seed=5):
    """Lines of mixed text, the same for the same seed on the same machine."""
    rng = random.Random(seed)
    real, unusual = sources(), alphabets(rng)
    lines = list(ODD)
    while len(lines) < count:
        kind = rng.random()
        if kind < 0.4:
            line = rng.choice(real)
        elif kind < 0.55:
            line = "".join(rng.choice(ODD) for _ in range(rng.randint(1, 8)))
        elif kind < 0.7:
            line = " ".join(next(unusual) for _ in range(rng.randint(1, 4)))
        elif kind < 0.85:
            line = "".join(rng.choice([next(unusual), rng.choice(ODD), rng.choice(real)[:20]]) for _ in range(5))
        elif kind < 0.95:
            line = "".join(rng.choices("aAbB'sS tTrReE19 \n\r\t./!\u0301é中ǅʰ ", k=rng.randint(1, 40)))
        else:
            line = " " * rng.randint(0, 5) + rng.choice(real) + " " * rng.randint(0, 5)
        lines.append(line.replace("\0", ""))
    return lines


def write(path, model, tokens, scores=None, kinds=None, merges=None, pre=None, **values):
    """Writes a GGUF file of nothing but a vocabulary."""
    writer = gguf.GGUFWriter(path, "llama")
    if model:
        writer.add_tokenizer_model(model)
    if pre:
        writer.add_tokenizer_pre(pre)
    writer.add_token_list(tokens)
    if scores is not None:
        writer.add_token_scores(scores)
    writer.add_token_types(kinds or [gguf.TokenType.NORMAL] * len(tokens))
    if merges is not None:
        writer.add_token_merges(merges)
    for key, value in values.items():
        key = f"tokenizer.ggml.{key}"
        writer.add_bool(key, value) if isinstance(value, bool) else writer.add_uint32(key, value)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    return path


CONTROL, USER = ["<|begin|>", "<|im_start|>", "<|im_end|>"], ["<tool>", "<tool_call>"]


def byte_level(folder, pre):
    """Trains byte-level BPE; returns the reference and the path of its file."""
    splitter, normalizer, whole = BYTE_LEVEL[pre]
    reference = Tokenizer(models.BPE(ignore_merges=whole))
    reference.pre_tokenizer = splitter
    reference.decoder = decoders.ByteLevel()
    if normalizer:
        reference.normalizer = normalizer
    trainer = trainers.BpeTrainer(vocab_size=VOCABULARY, show_progress=False,
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    reference.train_from_iterator(corpus(6000, seed=11), trainer)
    if whole:
        reference = with_whole_words(reference)
    reference.add_special_tokens([AddedToken(text, special=True, normalized=False) for text in CONTROL])
    reference.add_tokens([AddedToken(text, special=False, normalized=False) for text in USER])
    model = json.loads(reference.to_str())["model"]
    tokens = sorted(reference.get_vocab(), key=reference.get_vocab().get)
    kinds = [gguf.TokenType.CONTROL if token in CONTROL else
             gguf.TokenType.USER_DEFINED if token in USER else gguf.TokenType.NORMAL for token in tokens]
    path = write(folder / f"{pre}.gguf", "gpt2", tokens, kinds=kinds, pre=pre, add_bos_token=False,
                 merges=[" ".join(pair) for pair in model["merges"]])
    return reference, path


def with_whole_words(reference):
    """Adds tokens that no merge makes, as Llama 3 has them: they show whether whole words are taken."""
    description = json.loads(reference.to_str())
    vocabulary = description["model"]["vocab"]
    for word in ["Ġself", "Ġimport", "returning", "Ġnamespace", "12", "345", "''", "ä½łå¥½"]:
        vocabulary.setdefault(word, len(vocabulary))
    return Tokenizer.from_str(json.dumps(description))


def sentence_piece(folder, name):
    """Trains SentencePiece; returns the reference and the path of its file."""
    prefix = name != "gemma"
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(line for line in corpus(6000, seed=11) if line.strip() and max(line) < "\u0530"), model_prefix=str(folder / name),
        model_type=SENTENCE_PIECE[name], vocab_size=VOCABULARY, byte_fallback=name != "t5",
        normalization_rule_name="identity", remove_extra_whitespaces=False, add_dummy_prefix=prefix,
        split_digits=True, allow_whitespace_only_pieces=True, character_coverage=0.999,
        minloglevel=2, max_sentence_length=20000,
        **({"unk_id": 2, "eos_id": 1, "pad_id": 0, "bos_id": -1} if name == "t5" else {}))
    reference = sentencepiece.SentencePieceProcessor(model_file=str(folder / f"{name}.model"))
    ids = range(reference.get_piece_size())
    kinds = [gguf.TokenType.UNKNOWN if reference.is_unknown(i) else gguf.TokenType.CONTROL if reference.is_control(i)
             else gguf.TokenType.BYTE if reference.is_byte(i) else gguf.TokenType.NORMAL for i in ids]
    path = write(folder / f"{name}.gguf", "t5" if name == "t5" else "llama", [reference.id_to_piece(i) for i in ids],
                 scores=[reference.get_score(i) for i in ids], kinds=kinds, add_bos_token=False, add_eos_token=False,
                 add_space_prefix=prefix, unknown_token_id=reference.unk_id())
    return reference, path


def rewritten(reference, name):
    """The same vocabulary in Hugging Face's `tokenizers`, as their converter makes it from SentencePiece."""
    pieces = [reference.id_to_piece(i) for i in range(reference.get_piece_size())]
    scores = [reference.get_score(i) for i in range(len(pieces))]
    if name == "t5":
        result = Tokenizer(models.Unigram(list(zip(pieces, scores)), reference.unk_id(), False))
    else:
        index = {piece: i for i, piece in enumerate(pieces)}
        merges = []
        for piece, i in index.items():
            if reference.is_byte(i) or reference.is_control(i) or reference.is_unknown(i):
                continue
            local = [(piece[:cut], piece[cut:]) for cut in range(1, len(piece))
                     if piece[:cut] in index and piece[cut:] in index]
            merges += [(pair, scores[i]) for pair in sorted(local, key=lambda pair: (index[pair[0]], index[pair[1]]))]
        merges = [pair for pair, _ in sorted(merges, key=lambda entry: entry[1], reverse=True)]
        result = Tokenizer(models.BPE(index, merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    steps = [normalizers.Replace(" ", "▁")]
    result.normalizer = normalizers.Sequence([normalizers.Prepend("▁")] * (name != "gemma") + steps)
    result.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
        + [decoders.Strip(" ", 1, 0)] * (name != "gemma"))
    return result


def merged_pieces(folder):
    """The pieces of Gemma with a list of merges, cut at line breaks, as Gemma 4 has them."""
    pieces, _ = sentence_piece(folder, "gemma")
    reference = rewritten(pieces, "gemma")
    reference.pre_tokenizer = pre_tokenizers.Split(Regex(r"[^\n]+|\n+"), "isolated")
    ids = range(pieces.get_piece_size())
    kinds = [gguf.TokenType.UNKNOWN if pieces.is_unknown(i) else gguf.TokenType.CONTROL if pieces.is_control(i)
             else gguf.TokenType.BYTE if pieces.is_byte(i) else gguf.TokenType.NORMAL for i in ids]
    merges = json.loads(reference.to_str())["model"]["merges"]
    return reference, write(folder / "gemma4.gguf", "gemma4", [pieces.id_to_piece(i) for i in ids], kinds=kinds,
                            pre="gemma4", merges=[" ".join(pair) for pair in merges], add_bos_token=False)
