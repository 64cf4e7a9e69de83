"""Thousands of broken files: each is read or refused in one sentence, none ends in a traceback.

The seed is printed with every failure; ``CONTRACTGEN_FUZZ_SEED=7 pytest tests/test_read_fuzz.py`` runs another round.
"""

from __future__ import annotations

import io
import os
import random
import warnings
import zipfile
from collections.abc import Callable

import pytest
from lxml import etree

from contractgen.document.articles import articles_of, places_of
from contractgen.document.reading import Reading
from contractgen.findings import InputError, MissingToolError
from contractgen.formats import office
from contractgen.formats.docx_write import write_docx
from contractgen.formats.html import write_html
from contractgen.formats.read import read_data
from contractgen.formats.text import write_markdown
from test_docx import sample
from test_docx_read import ARTICLES, HIDING, STYLES
from test_read import pdf_pages
from word_files import numbered, paragraph, part, word_file, zipped

SEED = int(os.environ.get("CONTRACTGEN_FUZZ_SEED", "20261201"))
ROUNDS = 600  # of each kind of damage
VALUES = [
    "",
    "-1",
    "0",
    "99999999999999999999",
    "1e308",
    "NaN",
    "第%1%2%9条",
    "x" * 3000,
    "\u202e",
    "%",
    "true",
    "../../etc",
]
NAMES = [
    "begin",
    "end",
    "separate",
    "decimal",
    "chineseCounting",
    "bullet",
    "none",
    "FFFFFF",
    "exact",
    "wps zz",
]

Damage = Callable[[random.Random], bytes]


def everything() -> bytes:
    """A Word file with nearly all that a reader knows."""
    blocks = "".join(
        block for place, (block, _) in HIDING.items() if not place.startswith(("chunk", "embedded"))
    )
    lists = "".join(numbered(f"第{n}句", level=n % 3) for n in range(6))
    parts = {
        "word/styles.xml": STYLES,
        "word/numbering.xml": ARTICLES,
        "word/comments.xml": part("comments", f'<w:comment w:id="3">{paragraph("批注")}</w:comment>'),
        "word/header1.xml": part("hdr", paragraph("页眉")),
    }
    return word_file(blocks, lists, parts=parts)


WORD = everything()
OURS = write_docx(sample(), attachments={"manifest.json": b"{}"})


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


PARTS = unzipped(WORD)
OUR_PARTS = unzipped(OURS)


def flipped(data: bytes, dice: random.Random, most: int = 12) -> bytes:
    """Some bytes changed, put in, or taken out."""
    found = bytearray(data)
    for _ in range(dice.randint(1, most)):
        at = dice.randrange(len(found))
        kind = dice.randrange(4)
        if kind == 0:
            found[at] = dice.randrange(256)
        elif kind == 1:
            found[at] ^= 1 << dice.randrange(8)
        elif kind == 2:
            del found[at : at + dice.randint(1, 40)]
        else:
            found[at:at] = found[at : at + dice.randint(1, 200)]
        if not found:
            break
    return bytes(found)


def flipped_zip(dice: random.Random) -> bytes:
    return flipped(dice.choice([WORD, OURS]), dice)


def truncated(dice: random.Random) -> bytes:
    data = dice.choice([WORD, OURS])
    return data[: dice.randrange(len(data))]


def flipped_part(dice: random.Random) -> bytes:
    parts = dict(dice.choice([PARTS, OUR_PARTS]))
    name = dice.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    parts[name] = flipped(parts[name], dice, 3)
    return zipped(parts)


def swapped_parts(dice: random.Random) -> bytes:
    parts = dict(dice.choice([PARTS, OUR_PARTS]))
    one, other = dice.sample(sorted(parts), 2)
    if dice.random() < 0.5:
        parts[one], parts[other] = parts[other], parts[one]
    elif dice.random() < 0.5:
        parts[one] = parts[other]
    else:
        del parts[one]
    return zipped(parts)


def doubled_part(dice: random.Random) -> bytes:
    out = io.BytesIO(WORD)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(out, "a") as package:
            name = dice.choice(package.namelist())
            package.writestr(name, flipped(package.read(name), dice))
    return out.getvalue()


def twisted_tree(dice: random.Random) -> bytes:
    """XML that is well formed, and whose elements and attributes are not where they belong."""
    parts = dict(PARTS)
    name = dice.choice(
        ["word/document.xml"] * 4 + ["word/numbering.xml", "word/styles.xml", "word/comments.xml"]
    )
    root = etree.fromstring(parts[name])
    for _ in range(dice.randint(1, 15)):
        nodes = list(root.iter("{*}*"))
        one, other = dice.choice(nodes), dice.choice(nodes)
        kind = dice.randrange(5)
        if kind == 0 and one.attrib:
            one.set(dice.choice(sorted(map(str, one.attrib))), dice.choice(VALUES + NAMES))
        elif kind == 1 and one is not root:
            parent = one.getparent()
            assert parent is not None
            parent.remove(one)
        elif kind == 2:
            other.insert(dice.randint(0, len(other)), etree.fromstring(etree.tostring(one)))
        elif kind == 3 and one is not root:
            one.tag = other.tag
        elif kind == 4:
            one.text = dice.choice(VALUES)
        if len(nodes) > 4000:
            break
    parts[name] = etree.tostring(root)
    return zipped(parts)


OTHERS = [
    pdf_pages("第一条 产假98天。" * 30),
    write_html(sample()).encode(),
    write_markdown(sample()).encode(),
    "第一条 产假九十八天。\n第二条 其他。\n".encode("gbk") * 20,
]


def other_format(dice: random.Random) -> bytes:
    return flipped(dice.choice(OTHERS), dice, 30)


@pytest.mark.slow
@pytest.mark.parametrize(
    "damage", [flipped_zip, truncated, flipped_part, swapped_parts, doubled_part, twisted_tree, other_format]
)
def test_a_broken_file_is_read_or_refused_in_one_sentence(
    damage: Damage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    read = 0
    for number in range(ROUNDS):
        dice = random.Random(f"{SEED} {damage.__name__} {number}")
        data = damage(dice)
        try:
            reading = read_data(data, "对方.docx")
        except (InputError, MissingToolError) as fault:
            assert fault.message.startswith("对方.docx"), f"seed {SEED}, {damage.__name__} {number}"
            continue
        except Exception as fault:
            raise AssertionError(f"seed {SEED}, {damage.__name__} {number}: {fault!r}") from fault
        read += 1
        use(reading)
    assert read or damage in (truncated, doubled_part), "every file was refused: the reader was not tried"


def use(reading: Reading) -> None:
    """What others ask of a reading."""
    for original in (False, True):
        sections = articles_of(reading, original=original)
        for aside in reading.asides:
            assert aside.label and isinstance(places_of(sections)(aside.serial), str)
    assert isinstance(reading.text, str) and reading.tracked in (True, False)
