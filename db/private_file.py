"""Database files that only their owner can read, made before SQLite opens them."""

import os
from pathlib import Path

from db.errors import DatabaseUnavailable, Trouble


def make_private(path: Path) -> None:
    """Create the file readable by its owner only; SQLite gives its -wal and -shm the same mode.

    A file that is there is not opened: on POSIX, closing it would drop the locks of this process's other connections,
    and another process would take the log away under them. Raises DatabaseUnavailable.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        if not path.is_file() or not os.access(path, os.R_OK | os.W_OK):
            raise DatabaseUnavailable(Trouble.READ_ONLY, str(path)) from error
    except FileNotFoundError as error:
        raise DatabaseUnavailable(Trouble.NO_FOLDER, str(path.parent)) from error
    except OSError as error:
        raise DatabaseUnavailable(Trouble.READ_ONLY, str(path)) from error
