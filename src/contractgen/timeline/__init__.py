"""Timeline: the steps from the first question to the end of the term, and their days.

``timeline(profile, view, today)`` tells what is done, due and late; the clocks and their start events are the law's
(clauses/law), the steps are data (clauses/steps.yaml). No limit stands in this code.
"""

from contractgen.timeline.backward import Plan, PlanStep, plan
from contractgen.timeline.course import Course
from contractgen.timeline.forward import timeline
from contractgen.timeline.model import Day, State, Step, Timeline, source_of
from contractgen.timeline.order import future_days, planned_days
from contractgen.timeline.reading import Told, read_timeline
from contractgen.timeline.steps import Advice, Order, StepRule, Steps, last_day, load_steps

__all__ = [
    "Advice",
    "Course",
    "Day",
    "Order",
    "Plan",
    "PlanStep",
    "State",
    "Step",
    "StepRule",
    "Steps",
    "Timeline",
    "Told",
    "future_days",
    "last_day",
    "load_steps",
    "plan",
    "planned_days",
    "read_timeline",
    "source_of",
    "timeline",
]
