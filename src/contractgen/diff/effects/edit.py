"""One stretch in its surroundings: the lines and sentences around it, who owes what there, which words stand near."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from contractgen.diff.effects.rules import GAP, rules
from contractgen.diff.effects.statement import Statement, sentence_around, statement
from contractgen.diff.tokens import CACHED, Op


@lru_cache(maxsize=CACHED)
def spans(pattern: re.Pattern[str], text: str) -> tuple[tuple[int, int], ...]:
    """Where words stand in a line, which is asked for each change in it."""
    return tuple(match.span() for match in pattern.finditer(text))


STOP = re.compile(r"[，。；：\n]")


@dataclass(frozen=True)
class Edit:
    """A stretch that changed, with the lines around it."""

    op: Op
    old: str  # the whole line
    new: str
    old_intro: str = ""  # the line that a list item belongs to
    new_intro: str = ""

    @cached_property
    def old_sentence(self) -> str:
        """The old sentence around the stretch."""
        begin, end = sentence_around(self.old, self.op.old_at, self.op.old_end)
        return self.old[begin:end]

    @cached_property
    def new_sentence(self) -> str:
        """The new one."""
        begin, end = sentence_around(self.new, self.op.new_at, self.op.new_end)
        return self.new[begin:end]

    @cached_property
    def said(self) -> Statement:
        """Who owed what before; what is said now where there was nothing."""
        before = statement(self.old, self.op.old_at, self.old_intro)
        after = statement(self.new, self.op.new_at, self.new_intro)
        return before if (before.actor or before.modal) and (before.favor or not after.favor) else after

    @cached_property
    def turned(self) -> bool:
        """Whether a negating word came or went, so that the words behind it mean the opposite now."""
        negator = rules().negator
        return any(
            self.touches(*span, new=new)
            for new in (False, True)
            for span in spans(negator, self.new if new else self.old)
        )

    @cached_property
    def near(self) -> frozenset[str]:
        """The words of the rules that begin near the change, or behind it where it turns them around."""
        begins, op = rules().begins, self.op
        found: set[str] = set()
        for line, start, end in ((self.old, op.old_at, op.old_end), (self.new, op.new_at, op.new_end)):
            stop = STOP.search(line, end) if self.turned else None
            last = end if not self.turned else stop.start() if stop else len(line)
            first = max(start - GAP, 0)
            found |= rules().characters.intersection(line[first:last])
            for at in range(first, last):
                for word, reach in begins.get(line[at : at + 2], ()):
                    if at + reach > start and line.startswith(word, at):
                        found.add(word)
        return frozenset(found)

    def touches(self, start: int, end: int, *, new: bool) -> bool:
        """Whether a stretch of the old or new line overlaps the change; beside it counts where nothing is left."""
        begin, stop = (self.op.new_at, self.op.new_end) if new else (self.op.old_at, self.op.old_end)
        return start < stop and begin < end if begin < stop else start < begin < end
