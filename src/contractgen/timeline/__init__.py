"""Timeline: the steps from the first question to the end of the term, and their days.

``timeline(profile, view, today)`` tells what is done, due and late; the clocks and their start events are the law's
(clauses/law), the steps are data (clauses/steps.yaml). No limit stands in this code.
"""

from contractgen.timeline.forward import timeline
from contractgen.timeline.model import Day, State, Step, Timeline, source_of
from contractgen.timeline.steps import Advice, StepRule, Steps, load_steps

__all__ = [
    "Advice",
    "Day",
    "State",
    "Step",
    "StepRule",
    "Steps",
    "Timeline",
    "load_steps",
    "source_of",
    "timeline",
]
