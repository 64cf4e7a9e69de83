"""What is filed: the text that was signed, with its files, and what the authority reads beside it.

Of an amendment these are the amendment agreement, the consolidated text and the original contract; of a chapter or an
annex the general contract: the file that is given, or the one that `new --into` wrote where nothing in it waits for somebody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contractgen.build.into import TO_CHECK
from contractgen.files import read_bytes
from contractgen.findings import Finding, InputError, Location, Severity
from contractgen.papers.general import look_into
from contractgen.record import AMENDMENT, CONSOLIDATED, Record, altered_contract, read_record

if TYPE_CHECKING:
    from contractgen.profile import Profile
    from contractgen.record import Reopened

RULE = "pack"
FORMATS = ("docx", "pdf")
LARGEST = 64 << 20  # bytes of one file


@dataclass(frozen=True, slots=True)
class Filed:
    """One text of those that are filed.

    Attributes:
        kind: how the list calls it: a key of ``texts`` in ``pack.yaml``.
        title: of the contract or agreement.
        folder: where its files lie.
        files: SHA-256 by name; none where the program does not have it.
        to_check: why a person must still look into it, as a key of ``to_check`` in ``pack.yaml``.
        faults: what is wrong with what stands in it.
    """

    kind: str
    title: str
    folder: Path
    files: Mapping[str, str]
    to_check: str = ""
    faults: tuple[Finding, ...] = ()

    def read(self) -> dict[str, bytes]:
        """Its files by ending."""
        return {
            Path(name).suffix[1:].lower(): read_bytes(self.folder / name, limit=LARGEST)
            for name in self.files
            if (self.folder / name).is_file()
        }


def filed(
    opened: Reopened, profile: Profile, previous: Path | None, general: Path | None = None
) -> Iterator[Filed]:
    """The texts of a pack, the one that was signed first.

    Args:
        opened: the record of what was signed.
        profile: of the firm.
        previous: the record of the contract that an amendment amends.
        general: the file of the general contract of a chapter or an annex.

    Raises:
        InputError: where one is given that does not belong there.
    """
    record, form = opened.record, profile.agreement.form
    if previous is not None and AMENDMENT not in record.data:
        raise InputError("--previous 和 --pack 同用，是报送变更协议书时附上原合同", hint="去掉 --previous")
    if general is not None and (form == "standalone" or AMENDMENT in record.data):
        raise InputError("--main-contract 只用于专章、附件的报送", hint="去掉 --main-contract")
    if AMENDMENT in record.data:
        yield _of(record, "amendment")
        _, whole = altered_contract(record.path)
        yield _of(whole.record, "consolidated", str(whole.record.data[CONSOLIDATED].get("title") or ""))
        yield _original(record, previous)
        return
    name = next(iter(record.inserted), "")
    if form == "chapter" and general is None and name and TO_CHECK not in name:
        yield Filed("inserted", record.title, record.path.parent, {name: record.inserted[name]})
        return
    if form != "standalone":
        yield _general(opened, profile, general)
    yield _of(record, "contract" if form == "standalone" else "part")


def _general(opened: Reopened, profile: Profile, path: Path | None) -> Filed:
    """The general contract as it was given; without files where it was not."""
    title, about = opened.record.title, profile.agreement
    if path is None:
        return Filed("general", title, Path(), {})
    if path.suffix[1:].lower() not in FORMATS or TO_CHECK in path.name:
        raise InputError(
            f"{path} 不能作为报送的集体合同全文",
            hint=f"用 Word（.docx）或者 PDF 文件；文件名带“{TO_CHECK}”的，先把列出的各处改好，另存为别的名称",
        )
    main = about.main_contract.title or ""
    looked = look_into(path, opened.document, form=about.form, title=main)
    return Filed(
        "general", title, path.parent, {path.name: digest_of(path)}, looked.to_check, looked.findings
    )


def _of(record: Record, kind: str, title: str = "") -> Filed:
    return Filed(kind, title or record.title, record.path.parent, printed(record))


def printed(record: Record) -> dict[str, str]:
    """The files of a contract that people read on paper, with their hashes."""
    return {name: digest for name, digest in record.files.items() if Path(name).suffix[1:] in FORMATS}


def _original(record: Record, previous: Path | None) -> Filed:
    of: Mapping[str, Any] = record.data[AMENDMENT]["of"]
    if previous is None:
        return Filed("original", str(of.get("title") or ""), record.path.parent, {})
    found = read_record(previous)
    if found.agreement != of.get("agreement"):
        raise InputError(
            f"{previous} 不是这份变更协议书所变更的合同的生成记录",
            hint=f"用 {of.get('record')}，或者不写 --previous，原合同另行附入",
        )
    return _of(found, "original", str(of.get("title") or ""))


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(read_bytes(path, limit=LARGEST)).hexdigest()


def faults_of(text: Filed) -> Iterator[Finding]:
    """Files that do not lie beside the record as they were made; a general contract that nobody gave, or another one."""
    yield from text.faults
    if text.kind == "general" and not text.files:
        yield Finding(
            RULE,
            Severity.ERROR,
            "没有集体合同全文：专章、附件随集体合同一起报送",
            hint="用 --main-contract 文件 附上签字的集体合同全文（Word 或者 PDF）；专章也可以先用 contractgen new --into 换入",
        )
    for name, digest in text.files.items():
        path = text.folder / name
        place = Location(str(path))
        hint = "用 contractgen new --from-record 生成记录 重新生成"
        if text.kind == "inserted":
            hint = "用 contractgen new --into 重新生成"
        if not path.is_file():
            yield Finding(RULE, Severity.ERROR, "合同文件不在记录旁边", place, hint=hint)
        elif digest_of(path) != digest:
            yield Finding(RULE, Severity.ERROR, "合同文件在生成以后改动过", place, hint=hint)
