"""Tables of papers whose rows are computed. ``TABLES`` maps the name that stands behind ``::: table`` to a function.

A function gets the ``Context`` of a paper and gives ``Computed``: rows of cells, one for each column of the header in the
text. A cell that is left to be written by hand is ``Cell(())``. Words stand in the texts or in ``frame.yaml``, law in the
law files; a function only chooses, orders and joins.
"""

from __future__ import annotations

from collections.abc import Callable

from contractgen.papers.model import Computed, Context
from contractgen.papers.tables.people import representatives

Table = Callable[[Context], Computed]

TABLES: dict[str, Table] = {
    "representatives": representatives,
}
