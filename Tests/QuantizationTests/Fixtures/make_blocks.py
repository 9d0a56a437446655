"""Writes blocks.txt: random blocks of each format with the values that the gguf package reads from them.

Run by hand with the PyPI packages gguf (0.19.0 was used) and numpy: python3 make_blocks.py > blocks.txt
A line has the format's name, the blocks in hexadecimal, and the values as the hexadecimal bits of f32.
"""

import gguf
import numpy

# Offsets of the f16 numbers in a block: random bits there would give infinities.
HALVES = {
    "F16": [0],
    "Q4_0": [0],
    "Q4_1": [0, 2],
    "Q5_0": [0],
    "Q5_1": [0, 2],
    "Q8_0": [0],
    "Q2_K": [80, 82],
    "Q3_K": [108],
    "Q4_K": [0, 2],
    "Q5_K": [0, 2],
    "Q6_K": [208],
    "BF16": [],
    "F32": [],
    "IQ4_NL": [0],
    "IQ4_XS": [0],
    "MXFP4": [],
}

random = numpy.random.default_rng(20260101)
for name, offsets in HALVES.items():
    kind = gguf.GGMLQuantizationType[name]
    values, size = gguf.GGML_QUANT_SIZES[kind]
    count = 3 if values > 32 else 8
    blocks = random.integers(0, 256, (count, size), dtype=numpy.uint8)
    for offset in offsets:
        halves = random.normal(0, 0.02, count).astype(numpy.float16)
        blocks[:, offset : offset + 2] = halves.view(numpy.uint8).reshape(count, 2)
    if name in ("F32", "BF16"):
        floats = random.normal(0, 1, count).astype(numpy.float32).view(numpy.uint8).reshape(count, 4)
        blocks = numpy.ascontiguousarray(floats[:, 4 - size :])
    if name == "MXFP4":
        # The two exponents whose scales are subnormal, then ordinary ones.
        blocks[:, 0] = [0, 1, 2, 118, 120, 127, 128, 250]
    decoded = gguf.dequantize(blocks.reshape(-1), kind).astype(numpy.float32).reshape(-1)
    print(name, blocks.tobytes().hex(), decoded.astype(">f4").tobytes().hex())
