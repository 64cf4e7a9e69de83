"""``contractgen clauses``: the clause library, for those who write and review it."""
