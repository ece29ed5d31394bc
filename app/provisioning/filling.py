"""${placeholders} of a settings file filled in with what is this desk's own. Braces alone are the templates' own."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.errors import UserError
from app.words import _

_PLACE = re.compile(r"\$\{([^{}]*)\}")


def filled(tables: Mapping[str, Any], values: Mapping[str, str], path: Path) -> dict[str, Any]:
    """Every text with its placeholders. Raises UserError for one that nobody has named."""
    return {key: _filled(value, values, path) for key, value in tables.items()}


def _filled(value: Any, values: Mapping[str, str], path: Path) -> Any:
    if isinstance(value, str):
        return _PLACE.sub(lambda found: _value(found[1].strip(), values, path), value)
    if isinstance(value, list):
        return [_filled(one, values, path) for one in value]
    return filled(value, values, path) if isinstance(value, dict) else value


def _value(name: str, values: Mapping[str, str], path: Path) -> str:
    if name in values:
        return values[name]
    raise UserError(
        _("Nothing is known for ${{{name}}} in {path}.").format(name=name, path=path),
        _("Known for this desk: {names}. A table of desks (--desks) can name more.").format(
            names=", ".join(sorted(values))
        ),
    )
