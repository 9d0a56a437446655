"""Writes the tables of canonical decompositions from Python's copy of the Unicode Character Database.

python make_canonical.py ../../../Sources/Tokenization/Normalization
"""

import pathlib
import sys
import textwrap
import unicodedata

SURROGATES, HANGUL = range(0xD800, 0xE000), range(0xAC00, 0xD7A4)
FORM = '''/// Canonical decompositions of Unicode {version}, written by `Tests/TokenizationTests/Fixtures/make_canonical.py`.
enum {name} {{
  /// {meaning}
  static let hexadecimal: StaticString = """
{rows}
    """
}}
'''


def decompositions():
    for code in range(0x110000):
        if code in SURROGATES or code in HANGUL:
            continue
        mapping = unicodedata.decomposition(chr(code))
        if mapping and not mapping.startswith("<"):
            yield code, [int(part, 16) for part in mapping.split()]


def write(folder, name, meaning, rows):
    text = textwrap.fill(" ".join(f"{number:X}" for row in rows for number in row), 116)
    (folder / f"{name}.swift").write_text(FORM.format(
        version=unicodedata.unidata_version, name=name, meaning=meaning, rows=textwrap.indent(text, "    ")))


singles, pairs, excluded = [], [], []
for code, parts in decompositions():
    if len(parts) == 1:
        singles.append([code, *parts])
    elif unicodedata.normalize("NFC", chr(code)) == chr(code):
        pairs.append([code, *parts])
    else:
        excluded.append([code, *parts])
folder = pathlib.Path(sys.argv[1])
write(folder, "CanonicalSingles", "A character and the one that always takes its place.", singles)
write(folder, "CanonicalPairs", "A character and the two that it is composed of.", pairs)
write(folder, "CanonicalExclusions", "A character and the two that take its place; they are never composed.", excluded)
