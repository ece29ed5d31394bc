"""`python -m app` is `omote`, and what a frozen program starts with."""

import multiprocessing

multiprocessing.freeze_support()  # the frozen program's own processes begin here, and need nothing of what follows

from app.main import run  # noqa: E402

run()
