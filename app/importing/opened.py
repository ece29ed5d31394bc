"""A file opened with its mapping: what is asked for on the command line or on the page, put together for the import."""

from dataclasses import dataclass
from pathlib import Path

from app.importing.columns import Surroundings
from app.importing.files import ImportFile, SourceFile, open_file
from app.importing.mapping import Mapping, RememberedMappings, checked, read_mapping, recognised, require_headings
from app.importing.rules import Rules
from db.kinds import ImportKind


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to import, and how to read it. `mapping_file` None: as last time, or by the headings."""

    path: Path
    kind: ImportKind
    mapping_file: Path | None = None
    encoding: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """The file and which of its columns is what."""

    source: SourceFile
    mapping: Mapping

    def to_import(self, around: Surroundings) -> ImportFile:
        """Ready for the import's process. Raises UserError if a column that is needed is missing."""
        return ImportFile(self.source, Rules(checked(self.mapping), around))


def opened(wanted: Wanted, remembered: RememberedMappings) -> Opened:
    """Read as far as the headings. Raises UserError."""
    source = open_file(wanted.path, wanted.kind, wanted.encoding, wanted.sheet)
    if wanted.mapping_file is not None:
        told = read_mapping(wanted.mapping_file, wanted.kind)
        require_headings(told, source.headings, wanted.mapping_file)
    else:
        told = remembered.told(wanted.kind, source.headings)
    return Opened(source, recognised(wanted.kind, source.headings, told))
