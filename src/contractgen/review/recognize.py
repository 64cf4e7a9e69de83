"""Which paragraph of what was issued a paragraph of the returned file is: by the carriers of identity, else by its text.

Each carrier is a vote: the hidden bookmark and the tag of a content control count 3, its name 2. Where the text says
otherwise (another clause fits, the voted one does not: somebody has pasted over a control) the text wins.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from contractgen.diff import Line, Matter, fingerprint, sections
from contractgen.diff.align import MOST_PAIRS, likeness
from contractgen.diff.carry import carry
from contractgen.document import (
    Annex,
    Article,
    Block,
    Cell,
    Chapter,
    Cover,
    Document,
    Inline,
    Item,
    Paragraph,
    Party,
    Row,
    Subheading,
    Table,
    Text,
    plain,
)
from contractgen.document.articles import ReadLine, ReadSection, articles_of
from contractgen.document.heads import ordinal_of
from contractgen.document.reading import Reading
from contractgen.formats.docx.body import heading_bookmark, short_hash

TABLELESS = ("pdf", "txt")  # whose tables come back as plain lines
FRONTLESS = (*TABLELESS, "md", "html")  # whose cover and parties do
BOOKMARK, TAG, ALIAS = 3, 3, 2  # what each carrier's vote counts
FITS, MISFITS = (
    90.0,
    60.0,
)  # likeness from which the text contradicts a vote, and below which the vote is doubted
LIKE = 55.0  # from which a text without a vote is that paragraph
FOREIGN = 30.0  # below which a text with the vote of a control alone was added inside it
LONGEST_PIECE = 60
PIECE = 3  # characters that a piece of a table has on the average, at least
ROW_NUMBER = re.compile(r"^\d{1,3}(?=\D)")
TAG_FORM = re.compile(r"cg:([^#]+)")
ALIAS_FORM = re.compile(r"〔([^〔〕]+@\d+)〕")


@dataclass(frozen=True)
class Recognized:
    """A returned text as a Document whose blocks know their clauses and whose numbers their slots.

    Attributes:
        document: the text.
        origins: of each block or table row, by ``key_of``, the lines it was read from.
        lines: of each line of what was issued, by position, where it was recognized.
        strange: what stands on the cover, among the parties or signatures and was not issued.
    """

    document: Document
    origins: Mapping[tuple[int, int], tuple[ReadLine, ...]]
    lines: Mapping[int, ReadLine]
    strange: tuple[ReadLine, ...]


def key_of(line: Line) -> tuple[int, int]:
    """What ``origins`` knows a line of the document by."""
    return id(line.block), line.row


def recognize(read: Sequence[ReadSection], issued: Matter, *, pieces: str = "") -> Recognized:
    """The returned text, recognized against what was issued.

    Args:
        read: the text.
        issued: what was issued.
        pieces: the characters of what came back as plain lines and is left out; see ``pieces_of``.
    """
    return _Recognizer(issued, read, pieces).recognized()


def tableless(reading: Reading) -> bool:
    """Whether its tables are plain lines, which ``celled`` has not given back their rows."""
    return reading.kind in TABLELESS and not any(one.cell for one in reading.accepted)


def frontless(reading: Reading) -> bool:
    """Whether its cover and parties are plain lines."""
    return tableless(reading) if reading.kind in TABLELESS else reading.kind in FRONTLESS


def comparable(issued: Matter, reading: Reading) -> Matter:
    """What was issued, as a file of that kind can give it back: some keep no columns, some no tables at all."""
    document = issued.document
    if frontless(reading):
        document = replace(document, cover=None, parties=())
    if tableless(reading):
        document = replace(
            document,
            body=tuple(block for block in document.body if not isinstance(block, Table)),
            annexes=tuple(block for block in document.annexes if not isinstance(block, Table)),
        )
    return replace(issued, document=document)


def recognized(reading: Reading, issued: Matter) -> Matter:
    """A file as a text whose lines are those of what was issued, as far as they are recognized."""
    found = recognize(articles_of(reading), comparable(issued, reading), pieces=pieces_of(issued, reading))
    return Matter(reading.name, found.document, issued.standards)


def pieces_of(issued: Matter, reading: Reading) -> str:
    """The characters of what such a file gives back in pieces: cover, parties, a draft's lists, maybe tables."""
    if not frontless(reading):
        return ""
    document = issued.document
    inside = (*document.body, *document.annexes) if tableless(reading) else ()
    texts = [
        *(
            cell.text
            for one in (*document.front, *inside)
            if isinstance(one, Table)
            for row in (one.header, *one.rows)
            for cell in row
        ),
        *(one.text for one in document.front if isinstance(one, Paragraph | Subheading)),
        *(text for row in _front_rows(document) for text in (row.label, row.text)),
        *(party.role for party in document.parties),
        document.title,
    ]
    return "\n".join(_even(text).replace(":", "") for text in texts)


def _front_rows(document: Document) -> Iterable[Row]:
    yield from document.cover.rows if document.cover else ()
    yield from (row for party in document.parties for row in party.rows)


# ------------------------------------------------------------------ what was issued


@dataclass
class _Issued:
    """The lines of what was issued, and the ways to find one."""

    matter: Matter
    lines: list[Line] = field(default_factory=list)
    by_bookmark: dict[str, Line] = field(default_factory=dict)
    by_clause: dict[str, list[Line]] = field(default_factory=dict)
    headings: dict[str, Line] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for section in sections(self.matter.document):
            for line in section.lines:
                if line.kind == "heading" and section.id:
                    self.headings.setdefault(heading_bookmark(section.id), line)
                if line.kind not in ("paragraph", "item", "subheading"):
                    continue
                self.lines.append(line)
                if line.source is not None:
                    self.by_bookmark.setdefault(_bookmark(line), line)
                    for name in (str(line.source), short_hash(str(line.source)) + f"@{line.source.version}"):
                        self.by_clause.setdefault(name, []).append(line)


def _bookmark(line: Line) -> str:
    source = line.source
    assert source is not None
    item = f"i{line.block.number}" if isinstance(line.block, Item) else ""
    return f"_cg_{short_hash(str(source))}_{source.paragraph}{item}"


# ------------------------------------------------------------------ the returned text


class _Recognizer:
    def __init__(self, issued: Matter, read: Sequence[ReadSection], pieces: str) -> None:
        self.issued = _Issued(issued)
        self.read = read
        self.pieces = pieces
        self.loose = {id(line) for one in read if one.kind in ("text", "annex") for line in one.lines}
        self.origins: dict[tuple[int, int], tuple[ReadLine, ...]] = {}
        self.held: list[object] = []
        self.strange: list[ReadLine] = []
        self.labels = self._labels()
        self.found = self._recognize()

    def _labels(self) -> dict[str, tuple[str, str]]:
        """Of each heading's bookmark, its number in the returned text and in what was issued."""
        found = {}
        for section in self.read:
            head = section.lines[0].passage if section.lines else None
            for name in head.bookmarks if head is not None else ():
                line = self.issued.headings.get(name)
                if line is not None:
                    found[name] = (section.label, line.label)
        return found

    # ---------------------------------------------------------------- votes

    def _recognize(self) -> dict[int, Line]:
        """Of each read line (by ``id``), the line of what was issued."""
        found: dict[int, Line] = {}
        taken: set[int] = set()
        lines = [
            line
            for section in self.read
            if section.kind in ("text", "chapter", "article", "annex")
            for line in section.lines
            if line.kind in ("paragraph", "item")
        ]
        votes = {id(line): self._voted(line) for line in lines}
        rest = []
        for doubted in (False, True):  # who is what everything says goes first
            for line in lines:
                voted, doubt = votes[id(line)]
                if doubt is not doubted:
                    continue
                if voted is not None and voted.position not in taken:
                    found[id(line)] = voted
                    taken.add(voted.position)
                else:
                    rest.append(line)
        self._by_text(rest, found, taken)
        return found

    def _voted(self, line: ReadLine) -> tuple[Line | None, bool]:
        """The line that the carriers name, or whose text it has after all; and whether the text speaks against it."""
        votes: Counter[int] = Counter()
        known: dict[int, Line] = {}
        mark = fingerprint(line.text)
        for name in line.passage.bookmarks:
            if name in self.issued.by_bookmark:
                one = self.issued.by_bookmark[name]
                votes[one.position] += BOOKMARK
                known[one.position] = one
        for tag, alias in line.passage.controls:
            for weight, match in ((TAG, TAG_FORM.match(tag)), (ALIAS, ALIAS_FORM.search(alias))):
                inside = self.issued.by_clause.get(match[1], []) if match else []
                best = max(inside, key=lambda one: likeness(one.fingerprint, mark), default=None)
                if best is not None and likeness(best.fingerprint, mark) >= FOREIGN:
                    votes[best.position] += weight
                    known[best.position] = best
        if not votes:
            return None, True
        voted = known[max(votes, key=lambda position: (votes[position], -position))]
        alike = likeness(voted.fingerprint, mark)
        if alike < MISFITS:
            best = max(self.issued.lines, key=lambda one: likeness(one.fingerprint, mark))
            if likeness(best.fingerprint, mark) >= FITS:
                return best, True
        return voted, alike < MISFITS

    def _by_text(self, rest: Sequence[ReadLine], found: dict[int, Line], taken: set[int]) -> None:
        """What no carrier names: the same text, then the most alike, each line once."""
        free = [one for one in self.issued.lines if one.position not in taken]
        waiting: dict[str, list[Line]] = {}
        for one in free:
            waiting.setdefault(one.fingerprint, []).append(one)
        left = []
        for line in rest:
            same = waiting.get(fingerprint(line.text))
            if same:
                found[id(line)] = same.pop(0)
                taken.add(found[id(line)].position)
            else:
                left.append(line)
        free = [one for one in free if one.position not in taken]
        pairs = sorted(
            (-alike, at, one.position, one)
            for at, line in enumerate(left)
            for one in free
            if (alike := likeness(one.fingerprint, fingerprint(line.text))) >= LIKE
        ) if len(left) * len(free) <= MOST_PAIRS else []  # fmt: skip
        for _, at, position, one in pairs:
            if id(left[at]) not in found and position not in taken:
                found[id(left[at])] = one
                taken.add(position)

    # ---------------------------------------------------------------- blocks

    def recognized(self) -> Recognized:
        """The document and where everything comes from."""
        base = self.issued.matter.document
        cover, parties = (None, ()) if self.pieces else self._front()
        preamble: list[Paragraph] = []
        body: list[Block] = []
        annexes: list[Block] = []
        in_annex = False
        for section in self.read:
            in_annex = in_annex or section.kind == "annex"
            if section.kind == "text":
                preamble += [one for one in self._blocks(section.lines) if isinstance(one, Paragraph)]
            elif section.kind in ("chapter", "article", "annex"):
                blocks = [self._heading(section), *self._blocks(section.lines)]
                (annexes if in_annex else body).extend(blocks)
        if not self.pieces:
            self._signature()
        document = replace(
            base,
            cover=cover,
            front=(),
            parties=parties,
            preamble=tuple(preamble),
            body=tuple(body),
            annexes=tuple(annexes),
            draft=False,
        )
        read_lines = {id(line): line for section in self.read for line in section.lines}
        lines = {one.position: read_lines[key] for key, one in self.found.items()}
        return Recognized(document, self.origins, lines, tuple(self.strange))

    def _heading(self, section: ReadSection) -> Block:
        head = section.lines[0] if section.lines else None
        old = None
        for name in head.passage.bookmarks if head else ():
            old = self.issued.headings.get(name, old)
        block_id = str(getattr(old.block, "id", "")) if old else ""
        title = section.title
        if old is not None and _bare(old.text) == _bare(title):
            title = old.text
        block: Chapter | Article | Annex
        if section.kind == "chapter":
            block = Chapter(block_id, section.number, title, section=section.label.endswith("节"))
        elif section.kind == "annex":
            block = Annex(block_id, section.number, title)
        else:
            block = Article(block_id, section.number, title)
        if head is not None:
            self._keep(block, (head,))
        return block

    def _is_piece(self, line: ReadLine) -> bool:
        """Whether a line is made of pieces of what has come back as plain lines."""
        if not self.pieces or id(line) in self.found or id(line) not in self.loose:
            return False
        text = _even(f"{line.number}{line.text}").replace(":", "")
        return any(_made_of(self.pieces, one) for one in (text, ROW_NUMBER.sub("", text)))

    def _keep(self, block: Block | Row, lines: Sequence[ReadLine], row: int = 0) -> None:
        """Remember where a block was read; the block is held, so that no other one gets its ``id``."""
        self.held.append(block)
        self.origins[id(block), row] = tuple(lines)

    def _blocks(self, lines: Sequence[ReadLine]) -> list[Block]:
        """Paragraphs, items and tables of a section."""
        blocks: list[Block] = []
        for in_table, group in groupby(lines, key=lambda line: line.table):
            members = list(group)
            if in_table:
                blocks.append(self._table(members))
                continue
            for line in members:
                if line.kind != "title" and not self._is_piece(line):
                    block = self._block(line)
                    self._keep(block, (line,))
                    blocks.append(block)
        return blocks

    def _block(self, line: ReadLine) -> Block:
        old = self.found.get(id(line))
        text = self._text(line)
        inlines: tuple[Inline, ...] = (Text(text),) if text else ()
        number = ordinal_of(line.number.strip("（()）、.． ")) or 0
        if old is None:
            item = line.kind == "item"
            return Item(number, inlines, numbered=not line.dashed) if item else Paragraph(inlines)
        reference = old.cells[0]
        typed = not isinstance(old.block, Item) and plain(reference).startswith(line.number or "\n")
        if typed:  # a number that is part of the text: 一、有法定标准的数值
            text = f"{line.number}{text}"
        same = _even(plain(reference)) == _even(text)  # but for what a word processor may change
        inlines = tuple(reference) if same else carry(reference, text)
        if isinstance(old.block, Subheading):
            return Subheading(text, level=old.block.level)
        if (line.kind == "item" and not typed) or (isinstance(old.block, Item) and not old.block.numbered):
            was = old.block.number if isinstance(old.block, Item) else 0
            return Item(number or was, inlines, source=old.source, numbered=not line.dashed)
        return Paragraph(inlines, source=old.source)

    def _text(self, line: ReadLine) -> str:
        """The characters of a line; a reference that still leads to the same article is no change."""
        text = line.text
        for span in line.passage.spans:
            now, then = self.labels.get(span.refers, ("", ""))
            if now and now != then and span.text == now and text.count(span.text) == 1:
                text = text.replace(span.text, then)
        return text

    def _table(self, lines: Sequence[ReadLine]) -> Table:
        rows: list[tuple[Cell, ...]] = []
        origins: list[tuple[ReadLine, ...]] = []
        for _, group in groupby(lines, key=lambda one: one.passage.cell and one.passage.cell.row):
            members = list(group)
            cells = []
            for _, inner in groupby(members, key=lambda one: one.passage.cell and one.passage.cell.column):
                cells.append(Cell((Text("\n".join(one.text for one in inner)),)))
            rows.append(tuple(cells))
            origins.append(tuple(members))
        table = Table(rows[0], tuple(rows[1:]), source=None)
        for at, one in enumerate(origins):
            self._keep(table, one, at)
        return table

    # ---------------------------------------------------------------- cover, parties, signatures

    def _front(self) -> tuple[Cover, tuple[Party, ...]]:
        """The labeled lines of the cover and the parties; anything else there that was not issued is strange."""
        base = self.issued.matter.document
        roles = {_flat(party.role): party for party in base.parties}
        cover: list[Row] = []
        rows: dict[str, list[Row]] = {}
        role = ""
        lines = [
            line for section in self.read if section.kind in ("cover", "parties") for line in section.lines
        ]
        labels = {_flat(row.label) for row in (*(base.cover.rows if base.cover else ()), *_party_rows(base))}
        known = _known(base)
        for label, value, members in _fields(lines, labels):
            if not label:
                text = _flat(members[0].text)
                if text in roles:
                    role = text
                    rows.setdefault(role, [])
                elif text and text not in known:
                    self.strange += members
                continue
            row = Row(label, (Text(value),) if value else ())
            self._keep(row, members)
            if role:
                rows[role].append(row)
            elif label in {_flat(one.label) for one in (base.cover.rows if base.cover else ())}:
                cover.append(row)
            elif any(_flat(one.text) not in known for one in members):
                self.strange += members
        parties = tuple(
            replace(party, rows=self._like(party.rows, rows.get(name, []))) for name, party in roles.items()
        )
        old = base.cover or Cover((), ())
        return replace(old, rows=self._like(old.rows, cover)), parties

    def _like(self, old: Sequence[Row], new: Sequence[Row]) -> tuple[Row, ...]:
        """Rows with the labels and the unchanged values as they were issued."""
        found = []
        for row in new:
            one = next((one for one in old if _flat(one.label) == row.label), None)
            same = one is not None and _even(one.text) == _even(row.text)
            fresh = Row(one.label if one else row.label, one.inlines if one and same else row.inlines)
            self._keep(fresh, self.origins.get((id(row), 0), ()))
            found.append(fresh)
        return tuple(found)

    def _signature(self) -> None:
        """What stands among the signatures and was not issued."""
        base = self.issued.matter.document
        labels = [_flat(row.label) for party in base.parties for row in party.signature]
        known = {_flat(base.closing), *(_flat(x) for party in base.parties for x in (party.role, party.seal))}
        for section in self.read:
            for line in section.lines if section.kind == "signature" else ():
                text = _flat(line.text)
                if text and text not in known and not any(text.startswith(label) for label in labels):
                    self.strange.append(line)


def _made_of(pieces: str, text: str) -> bool:
    """Whether a text can be put together of pieces that are long enough on the average."""
    if len(text) == 1:
        return text in pieces
    fewest = [0] + [len(text) + 1] * len(text)  # the fewest that make the text up to each place
    for at in range(len(text)):
        if fewest[at] <= len(text):
            for end in range(at + 2, min(at + LONGEST_PIECE, len(text)) + 1):
                if text[at:end] not in pieces:
                    break
                fewest[end] = min(fewest[end], fewest[at] + 1)
    return fewest[-1] * PIECE <= len(text) + PIECE


def _even(text: str) -> str:
    """A text without what a word processor may change: blanks, width of characters, kinds of quotation marks."""
    flat = "".join(unicodedata.normalize("NFKC", text).split())
    return flat.translate(MARKS)


MARKS = str.maketrans("“”‘’«»，。；：！？（）", '""\'\'"",.;:!?()')


def _bare(text: str) -> str:
    return "".join(text.split())


def _flat(text: str) -> str:
    return fingerprint(text).rstrip(":")


def _party_rows(document: Document) -> Iterable[Row]:
    return [row for party in document.parties for row in party.rows]


def _known(document: Document) -> set[str]:
    """What the first pages hold beside labeled lines, as they were issued."""
    cover = document.cover
    texts = [document.title, document.running_head, "目录", "".join(cover.title) if cover else ""]
    texts += [
        *(cover.title if cover else ()),
        cover.remark if cover else "",
        "\n".join(cover.title) if cover else "",
    ]
    for block in document.front:
        if isinstance(block, Table):
            texts += [block.caption, *(cell.text for line in (block.header, *block.rows) for cell in line)]
        else:
            texts.append(block.title if isinstance(block, Chapter | Article | Annex) else block.text)
    return {_flat(text) for text in texts}


def _fields(lines: Sequence[ReadLine], labels: set[str]) -> Iterable[tuple[str, str, list[ReadLine]]]:
    """Label, value and lines of each labeled line; an empty label for what has none."""
    for place, group in groupby(lines, key=_row):
        members = list(group)
        if place is None or len(members) != 2:
            for line in members:
                yield (*_labeled(line.text, labels), [line])
        else:
            yield _flat(members[0].text), members[1].text, members


def _row(line: ReadLine) -> tuple[int, int] | None:
    cell = line.passage.cell
    return (cell.table, cell.row) if cell else None


def _labeled(text: str, labels: set[str]) -> tuple[str, str]:
    """A label that is known, and what stands behind it."""
    head, mark, tail = text.replace(":", "：").partition("：")
    if mark and _flat(head) in labels:
        return _flat(head), tail.strip()
    head, mark, tail = text.partition(" ")
    return (_flat(head), tail.strip()) if mark and _flat(head) in labels else ("", "")
