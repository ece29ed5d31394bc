"""`python -m app` is `omote`."""

from app.main import run

run()
