"""``python -m contractgen`` is the command line."""

import sys

from contractgen.cli import main

sys.exit(main())
