"""What was measured: rows of a table, printed at the end of a run and kept in artefacts/."""

from dataclasses import dataclass, field
from pathlib import Path

ARTEFACTS = Path(__file__).resolve().parents[2] / "artefacts"


@dataclass(slots=True)
class Figures:
    """One row for each thing measured: what, how it came out, what was asked for."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, what: str, figure: str, wanted: str = "") -> None:
        self.rows.append((what, figure, wanted))

    def add_seconds(self, what: str, seconds: list[float], wanted: str) -> None:
        """Each, the worst first."""
        each = " ".join(f"{one:.1f}" for one in sorted(seconds, reverse=True))
        self.add(what, f"{len(seconds)} times, at worst {max(seconds):.1f} s ({each})", wanted)

    def table(self) -> list[str]:
        width = max((len(what) for what, *_ in self.rows), default=0)
        return [
            f"{what:{width}}  {figure}" + (f"   [{wanted}]" if wanted else "") for what, figure, wanted in self.rows
        ]

    def write(self, asterisk: str) -> None:
        ARTEFACTS.mkdir(exist_ok=True)
        (ARTEFACTS / "test-pbx.txt").write_text("\n".join([asterisk, *self.table(), ""]), "utf-8")
