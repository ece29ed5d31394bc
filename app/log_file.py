"""The file that the log is written into."""

import logging
import logging.handlers
from contextlib import suppress
from pathlib import Path


class LogFile(logging.handlers.RotatingFileHandler):
    """Goes on when the disk is full for a while or somebody removes the folder: a log must not end what it tells of."""

    def emit(self, record: logging.LogRecord) -> None:
        if self.stream is not None and not Path(self.baseFilename).exists():
            self.close_file()
            with suppress(OSError):
                Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- logging's name for it
        """Nobody is told: logging's own way would print what the line was made of."""
        self.close_file()  # opened again for the next line

    def close_file(self) -> None:
        """What can't be written any more is given up."""
        stream, self.stream = self.stream, None
        if stream is not None:
            with suppress(OSError, ValueError):
                stream.close()
