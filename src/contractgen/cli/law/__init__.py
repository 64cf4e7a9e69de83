"""``contractgen law``: the law itself, leave computed from it, how fresh and how true it is, what a change touches."""
