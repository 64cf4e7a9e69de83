"""What a change does to the workers' position: weaker, stronger, neutral or unclear, and the rule that says so.

``judge`` gives every change its effects. The rules stand in clauses/effects.yaml; ``catalogue`` lists them.
"""

from contractgen.diff.effects.judging import catalogue, judge

__all__ = ["catalogue", "judge"]
