"""The program, which writes what the page of the first start says into a file of the profile."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QLabel

from app.first_start.result import Result
from app.main import run
from ui.first_start import question_card


def main() -> None:
    """As `omote`, until it starts again as itself."""
    file = Path(sys.argv[sys.argv.index("--profile") + 1]) / "page.txt"
    show = question_card.show_result

    def tell(told: QLabel, result: Result) -> None:
        show(told, result)
        with file.open("a", encoding="utf-8") as out:
            out.write(told.text() + "\n")

    question_card.show_result = tell
    run()


if __name__ == "__main__":
    main()
