"""Runs early in the frozen program, in place of PyInstaller's hook for `multiprocessing`: that one imports all of it.

The hook itself is put off until something imports `multiprocessing.connection`, as all do that begin a process; only
in such a process it runs at once (`app/__main__.py`).
"""

import sys
from importlib import import_module

HOOK = "pyi_rth_multiprocessing"


class _Later:
    def find_spec(self, name, _path=None, _target=None):
        """Finds nothing: it only hears that somebody looks."""
        if name == "multiprocessing.connection":
            sys.meta_path.remove(self)
            import_module(HOOK)


sys.meta_path.insert(0, _Later())
