"""What ``diff`` does: finds the two things that a user names, compares them, and gives the result in every format.

``comparing`` finds and compares; ``carried`` reads what a file of ours still says of itself when no record of it is at hand.
"""

from contractgen.comparison.comparing import FORMATS, NOTE, Finder, differences, render

__all__ = ["FORMATS", "NOTE", "Finder", "differences", "render"]
