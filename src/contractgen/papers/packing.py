"""The filing pack: the contract of a final record and its enclosures in the order of the authority, with hashes.

What belongs to it, and the words of its list, stand in templates/papers/pack.yaml.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from contractgen.agreement import Agreement, assemble
from contractgen.build import assemble_file, open_points
from contractgen.build.rendering import render
from contractgen.checks import check_agreement
from contractgen.document import Block, Document, Paragraph, Subheading, Text
from contractgen.files import load_yaml, safe_name, write_all, write_new
from contractgen.findings import Finding, InputError, Location, OutputError, Severity, ordered
from contractgen.law import load_law
from contractgen.library import load_library
from contractgen.papers.blanks import blanks_of
from contractgen.papers.cover import filled_in
from contractgen.papers.data import data_of
from contractgen.papers.filed import RULE, Filed, faults_of, filed, printed
from contractgen.papers.filling import chosen, fill_papers
from contractgen.papers.loading import load_papers
from contractgen.papers.model import Filled
from contractgen.papers.subject import subject_of
from contractgen.papers.tables.cells import listed
from contractgen.profile import where_to_fill
from contractgen.record import AMENDMENT, Record, Reopened, manifest, read_record, reopen
from contractgen.timeline import timeline

FILE = "pack.yaml"
FORMATS = ("docx", "pdf")
ZIP = ".zip"
OPTION = "--pack"  # of the command, that names the target
OTHER_FILES = (".rar", ".7z", ".tar", ".gz", ".tgz", ".doc", ".docx", ".pdf")  # no name of a folder
NAMED = 5  # files that stand in the way are named


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One thing in the pack: what the authority examines in it, its title, who signs it, and its files by ending.

    ``open``: what is still written on it by hand, beside signatures and seals.
    ``to_check``: why a person must still look into it; empty where the program did.
    """

    group: str
    title: str
    signs: str
    files: Mapping[str, bytes]
    open: tuple[str, ...] = ()
    to_check: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """What was written: the names of the files inside, with their hashes; and by title what is still written by hand.

    ``enclose``: what the list names and the pack does not have: the parties add it themselves.
    ``to_check``: by title, what a person must still look into, and why.
    """

    path: Path
    sums: Mapping[str, str]
    by_hand: Mapping[str, tuple[str, ...]]
    enclose: tuple[str, ...] = ()
    to_check: Mapping[str, str] = field(default_factory=dict)


def write_pack(
    profile_path: Path,
    record_path: Path,
    target: Path,
    *,
    formats: Sequence[str] = FORMATS,
    library: Path | None = None,
    force: bool = False,
    today: datetime.date | None = None,
    previous: Path | None = None,
    general: Path | None = None,
) -> Pack:
    """Write the filing pack as a folder, or as one zip where the target ends so.

    Args:
        profile_path: the firm's facts.
        record_path: the record of the final text, beside the files that it made.
        target: a folder, or a file that ends in ``.zip``.
        formats: which kinds of file the enclosures get.
        library: another clause library.
        force: overwrite.
        today: a fact whose day has not come by then stops the pack.
        previous: the record of the contract that is amended, to be enclosed.
        general: the file of the general contract of a chapter or an annex.

    Raises:
        InputError: with everything that is missing.
    """
    if target.suffix.lower() in OTHER_FILES:
        raise InputError(
            f"{target} 写不了：报送材料只能写到文件夹，或者以 .zip 结尾的文件", hint="换一个名称"
        )
    record = read_record(record_path)
    opened = reopen(record)
    assembled = assemble_file(profile_path, on=opened.agreement.on, library=library, salvage=True)
    if assembled.agreement is None:
        raise InputError("按这份情况表做不出合同", findings=assembled.findings)
    profile = assembled.agreement.profile
    agreement = replace(assemble(profile, opened.law, opened.library, opened.agreement.on), today=today)
    course = timeline(profile, agreement.view, agreement.on)
    words = data_of(FILE)
    amended = subject_of(agreement, record_path if AMENDMENT in record.data else None, profile_path)
    known = load_papers(load_law(None if library is None else library / "law"), load_library(library))
    filled = fill_papers(chosen(known, agreement, recorded=True), agreement, course, None, amended)
    papers = list(_enclosed(words, filled))
    texts = tuple(filed(opened, profile, previous, general))
    faults = [
        *(one for one in assembled.faults if one.severity is Severity.ERROR),
        *_of_agreement(agreement, opened, profile_path),
        *_of_record(record),
        *(fault for text in texts for fault in faults_of(text)),
        *(fault for _, paper in papers for fault in _of_paper(paper, profile_path)),
    ]
    if faults:
        raise InputError("报送材料不齐，没有生成", findings=ordered(faults))
    main = str(profile.agreement.main_contract.title or "")
    enclosures = [*_enclosures(words, papers, formats), *_texts(words, texts, main)]
    files = dict(_named(enclosures))
    about = agreement.title if amended is None else amended.agreement.title
    if amended is None and agreement.form != "standalone":
        about = filled_in(words["list"]["part"], {"title": agreement.title, "main": main})
    named = {"employer": str(profile.at("employer.name") or ""), "agreement": about}
    files |= _list(words, enclosures, files, named, formats)
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    files[words["sums"]] = "".join(f"{total}  {name}\n" for name, total in sums.items()).encode()
    _save(target, files, force=force)
    by_hand = {one.title: one.open for one in enclosures if one.open}
    to_check = {one.title: one.to_check for one in enclosures if one.to_check}
    return Pack(target, sums, by_hand, tuple(one.title for one in enclosures if not one.files), to_check)


def _save(target: Path, files: Mapping[str, bytes], *, force: bool) -> None:
    if target.suffix.lower() != ZIP:
        _refuse_strangers(target, files)
        write_all({target / name: data for name, data in files.items()}, force=force, option=OPTION)
        return
    from contractgen.formats.docx.package import entry, write_package

    write_new(
        target, write_package([entry(name, data) for name, data in files.items()]), force=force, option=OPTION
    )


def _refuse_strangers(folder: Path, files: Mapping[str, bytes]) -> None:
    """Nothing else may lie in the folder of a pack: what is filed is what the list names.

    Raises:
        OutputError: naming what lies there.
    """
    found = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    if strangers := [name for name in found if name not in files]:
        more = f"等 {len(strangers)} 个文件" if len(strangers) > NAMED else ""
        raise OutputError(
            f"{folder} 里有不属于这份报送材料的文件：{'、'.join(strangers[:NAMED])}{more}",
            hint="换一个空的文件夹，或者先把这些文件移走",
        )


# ------------------------------------------------------------------ what belongs to it


def _enclosed(words: Mapping[str, Any], papers: Sequence[Filled]) -> Iterator[tuple[str, Filled]]:
    """The papers that this firm encloses, with what the authority examines in each."""
    here = {one.paper.name: one for one in papers}
    for group in words["groups"]:
        yield from ((group["title"], here[name]) for name in group.get("papers", ()) if name in here)


def _enclosures(
    words: Mapping[str, Any], papers: Sequence[tuple[str, Filled]], formats: Sequence[str]
) -> list[Enclosure]:
    return [
        Enclosure(group, one.title, one.signs, render(one.document, formats, {}), _open(words, one))
        for group, one in papers
    ]


def _texts(words: Mapping[str, Any], texts: Sequence[Filed], main: str) -> Iterator[Enclosure]:
    """What was signed, with what the authority reads beside it."""
    group = next(one["title"] for one in words["groups"] if one.get("texts"))
    for text in texts:
        told = words["texts"][text.kind]
        title = told["title"] if text.files else told["enclosed"]
        named = {"title": text.title, "main": main}
        signs = told.get("signs", words["contract_signs"])
        to_check = filled_in(words["to_check"][text.to_check], named) if text.to_check else ""
        yield Enclosure(group, filled_in(title, named), signs, text.read(), to_check=to_check)


def _open(words: Mapping[str, Any], paper: Filled) -> tuple[str, ...]:
    """What must still be written on a paper by hand."""
    return tuple(one for one in blanks_of(paper.document) if one not in words["may_stay_open"])


def _named(enclosures: Sequence[Enclosure]) -> Iterator[tuple[str, bytes]]:
    for number, one in enumerate(enclosures, start=1):
        for kind, data in one.files.items():
            yield f"{number:02}-{safe_name(one.title)}.{kind}", data


# ------------------------------------------------------------------ what is missing


def _of_agreement(agreement: Agreement, opened: Reopened, profile_path: Path) -> Iterator[Finding]:
    """What would stop a final text stops its filing too; and the text must be the one that was issued."""
    loaded = load_yaml(profile_path, tolerant=True)
    for one in open_points(agreement, (*agreement.findings, *check_agreement(agreement))):
        steps = tuple(int(step) if step.isdigit() else step for step in one.path.split(".") if step)
        place = replace(loaded.where(steps), place=one.location.place)
        yield replace(one, severity=Severity.ERROR, location=place)
    then, now = opened.record.manifest["articles"], manifest(agreement)["articles"]
    other = [label for label in {**then, **now} if then.get(label) != now.get(label)]
    if changed := [label for label in other if label not in opened.differs]:
        message = f"情况表做出的合同与定稿不一致：{'、'.join(changed)}"
        hint = "用现在的情况表重新生成定稿，或者改用定稿时的情况表"
        yield Finding(RULE, Severity.ERROR, message, Location(str(profile_path)), hint=hint)


def _of_record(record: Record) -> Iterator[Finding]:
    """The record is of a final text, and its files lie beside it as they were made."""
    name = str(record.path)
    if not record.data.get("options", {}).get("final"):
        hint = "先用 contractgen new --final 生成定稿"
        yield Finding(RULE, Severity.ERROR, "这不是定稿的生成记录", Location(name), hint=hint)
    if not printed(record):
        hint = "用 contractgen new --final --format docx,pdf 生成定稿"
        yield Finding(RULE, Severity.ERROR, "记录里没有 Word 或者 PDF 的合同文件", Location(name), hint=hint)


def _of_paper(filled: Filled, profile_path: Path) -> Iterator[Finding]:
    for one in filled.blocking:
        message = f"“{filled.title}”缺“{one.title}”"
        hint = where_to_fill(one.path)
        yield Finding(RULE, Severity.ERROR, message, Location(str(profile_path)), hint=hint, path=one.path)


# ------------------------------------------------------------------ its list


def _list(
    words: Mapping[str, Any],
    enclosures: Sequence[Enclosure],
    files: Mapping[str, bytes],
    about: Mapping[str, str],
    formats: Sequence[str],
) -> dict[str, bytes]:
    """The list on top, in each format."""
    texts = words["list"]
    named = {**about, "count": str(len(enclosures)), "sums": words["sums"]}
    rows = [
        (f"{number:02}", one.group, _noted(texts, one), one.signs, "")
        for number, one in enumerate(enclosures, start=1)
    ]
    sums = [(name, hashlib.sha256(data).hexdigest()) for name, data in files.items()]
    hashes = texts["hashes"]
    body: list[Block] = [
        *(Paragraph((Text(filled_in(line, named)),), role="text") for line in texts["head"]),
        listed(texts, rows),
        *_by_hand(texts["by_hand"], enclosures),
        Subheading(hashes["title"]),
        Paragraph((Text(filled_in(hashes["intro"], named)),), role="text"),
        listed(hashes, sums),
    ]
    document = Document(
        title=texts["title"],
        subject=f"{named['employer']}{texts['title']}",
        author=named["employer"],
        body=tuple(body),
        type_size="compact",
    )
    return {f"{texts['file']}.{kind}": data for kind, data in render(document, formats, {}).items()}


def _noted(words: Mapping[str, Any], one: Enclosure) -> str:
    """The title of an enclosure as the list has it: with what a person must still look into."""
    return f"{one.title}{filled_in(words['note'], {'why': one.to_check})}" if one.to_check else one.title


def _by_hand(words: Mapping[str, Any], enclosures: Sequence[Enclosure]) -> Iterator[Block]:
    """The part of the list that says what is still written by hand; nothing where all is filled in."""
    rows = [(one.title, "；".join(one.open)) for one in enclosures if one.open]
    if rows:
        yield Subheading(words["title"])
        yield Paragraph((Text(words["intro"]),), role="text")
        yield listed(words, rows)
