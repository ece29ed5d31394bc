"""What windows know of a note's versions."""

from db.kinds import NoteKind
from db.note_versions import NoteVersion, note_versions

__all__ = ["NoteKind", "NoteVersion", "note_versions"]
