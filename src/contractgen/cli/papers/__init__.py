"""``contractgen papers``: the bargaining and filing papers."""
