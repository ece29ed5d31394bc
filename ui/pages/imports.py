"""The import page: a file is dropped or chosen, its columns set, tried out, imported; and any import taken back."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from app.error_words import error_words
from app.errors import UserError
from app.importing.field_words import whats_wrong
from app.importing.import_desk import (
    ENCODING_OPTION,
    Aim,
    ImportDesk,
    ImportKind,
    Look,
    Merged,
    OddRows,
    Preview,
    Progress,
    Question,
    Refusal,
    RefusedRows,
    Told,
    Undone,
    with_columns,
)
from app.importing.undo import undone_words
from app.words import _
from ui.importing.file_view import FileView
from ui.importing.start_view import StartView
from ui.importing.words import done_words, is_good, tried_words
from ui.theme import Tokens

_MOST_KEPT = 100_000
_PAUSE_MS = 120


class ImportsPage(QWidget):
    """Hears an import as its ImportListener. Nothing here waits: every question is answered later, or not any more."""

    def __init__(self, tokens: Tokens, desk: ImportDesk) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._desk = desk
        self._look: Look | None = None
        self._question: Question | None = None
        self._asked = 0  # answers to older questions are not for what is on the screen now
        self._aim = Aim.DRY_RUN
        self._batch_no = ""
        self._is_cancelled = False
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._refused, self._odd, self._counts = dict[int, Refusal](), list[Refusal](), [0, 0]
        self.start, self.file = StartView(tokens), FileView(tokens)
        self._views = QStackedWidget()
        self._again = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._again.timeout.connect(self._look_again)
        self._lay_out()
        self._connect()

    @property
    def is_at_work(self) -> bool:
        """Whether a file is open or comes in."""
        return self._look is not None or self._desk.is_busy

    def open(self, path: Path) -> None:
        """Look into a file."""
        self._folder = str(path.parent)
        self.start.say(_("Looking into {file}…").format(file=path.name), "line")
        self._ask_look(Question(path))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask_past()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _one_file(event) is not None and not self._desk.is_busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if (path := _one_file(event)) is not None:
            event.acceptProposedAction()
            self.open(path)

    # --- ImportListener

    def import_tells(self, told: Told) -> None:
        """How it goes."""
        match told:
            case Progress():
                self.file.bar.show_progress(told)
            case RefusedRows(rows=rows):
                self._counts[0] += len(rows)
                for one in rows if len(self._refused) < _MOST_KEPT else ():
                    self._refused.setdefault(one.row, one)
            case OddRows(rows=rows):
                self._counts[1] += len(rows)
                self._odd.extend(rows[: _MOST_KEPT - len(self._odd)])
            case _:
                self.file.bar.say(_("An import before this one was cut off; nothing of it is in the records."))

    def import_ended(self, end: Merged | UserError) -> None:
        """How it ended."""
        bar = self.file.bar
        self.file.hold(is_held=False)
        is_done = isinstance(end, Merged) and self._aim is Aim.MERGE and is_good(end)
        if isinstance(end, Merged) and is_done:
            self._batch_no = end.batch_no
            bar.show_done(can_undo=bool(end.batch_no))
        else:
            self._make_ready()
        if isinstance(end, UserError):
            bar.say(str(end)) if self._is_cancelled else bar.say(f"▲ {end}", "alarm")
            return
        self.file.show_refused(list(self._refused.values()), self._counts[0])
        self.file.show_odd(self._odd, self._counts[1])
        words = tried_words(end) if self._aim is Aim.DRY_RUN else done_words(end)
        bar.say(words, "result" if is_good(end) else "alarm")
        if end.refused:
            self.file.go_to_refused()

    # --- what is asked, and what comes back

    def _ask_look(self, question: Question) -> None:
        self._again.stop()
        self._question = question
        self._asked += 1
        asked = self._asked
        self._desk.look(question, lambda look: self._looked(asked, look), lambda error: self._no_look(asked, error))

    def _looked(self, asked: int, look: Look) -> None:
        if asked == self._asked:
            self._look = look
            self._refused, self._odd = {one.row: one for one in look.preview.refusals}, list(look.preview.odd)
            self.file.show_file(look)
            self.start.say("")
            self._views.setCurrentWidget(self.file)
            self.file.columns.begin()

    def _no_look(self, asked: int, error: Exception) -> None:
        """A file that is open stays open as it was; another one is told of where it was dropped."""
        if asked != self._asked:
            return
        if self._look is not None and self._question and self._question.path == self._look.file.source.path:
            self.file.show_file(self._look)
            self._tell_error(error)
            return
        self._leave()
        self.start.say(f"▲ {error_words(error)}")
        if isinstance(error, UserError) and error.option == ENCODING_OPTION and self._question:
            self.start.offer_encodings(self._question.encoding)

    def _on_columns(self, fields: tuple[str, ...]) -> None:
        if self._look is not None:
            self._look = with_columns(self._look, fields)
            self.file.show_mapping(self._look.file.mapping)
            self._again.start()

    def _look_again(self) -> None:
        if self._look is not None:
            self._asked += 1
            asked, file = self._asked, self._look.file
            self._desk.look_again(file, lambda found: self._looked_again(asked, found), self._tell_error)

    def _looked_again(self, asked: int, found: Preview) -> None:
        if asked == self._asked and self._look is not None:
            self._refused = {one.row: one for one in found.refusals}
            self.file.show_preview(self._look.file.mapping, found)

    def _on_wanted(self, aim: Aim) -> None:
        if self._look is None:
            return
        self._again.stop()
        self._asked += 1
        self._is_cancelled = False
        self._aim, self._refused, self._odd, self._counts = aim, {}, [], [0, 0]
        self.file.hold(is_held=True)
        self.file.bar.show_running()
        self._desk.begin(self._look, self.file.bar.rule, aim, self)

    def _cancel(self) -> None:
        self._is_cancelled = True
        self._desk.cancel()

    def _ask_past(self) -> None:
        self._desk.past(self.start.show_past, lambda error: self.start.say(f"▲ {error_words(error)}"))

    def _undo(self, batch_no: str) -> None:
        self.start.say(_("Taking {batch} back…").format(batch=batch_no), "line")
        self._desk.undo(batch_no, self._undone, lambda error: self.start.say(f"▲ {error_words(error)}"))

    def _undone(self, undone: Undone) -> None:
        self.start.say("✓ " + undone_words(undone), "result")
        self._ask_past()

    def _undo_this(self) -> None:
        self._leave()
        self.start.ask_undo(self._batch_no)

    def _leave(self) -> None:
        """Back to where imports begin."""
        self._again.stop()
        self._asked += 1
        self._look = None
        self.start.say("")
        self._views.setCurrentWidget(self.start)
        self._ask_past()

    def _make_ready(self) -> None:
        if self._look is not None:
            mapping = self._look.file.mapping
            self.file.bar.make_ready(
                is_importable=not whats_wrong(mapping), has_rule=mapping.kind is ImportKind.CUSTOMERS
            )

    def _tell_error(self, error: Exception) -> None:
        self.file.bar.say(f"▲ {error_words(error)}", "alarm")

    # --- files: dialogs that leave every other window free

    def _choose_file(self) -> None:
        kinds = [_("Files to import (*.xlsx *.xlsm *.csv *.tsv *.txt *.vcf)"), _("All files (*)")]
        self._dialog(_("Choose a file to import"), QFileDialog.AcceptMode.AcceptOpen, self.open, kinds)

    def _load_columns(self) -> None:
        def load(path: Path) -> None:
            if self._look is not None:
                self._desk.load_columns(
                    self._look.file, path, lambda told: self.file.columns.set_fields(told.fields), self._tell_error
                )

        self._dialog(_("Load columns"), QFileDialog.AcceptMode.AcceptOpen, load, [_TOML])

    def _save_columns(self) -> None:
        def save(path: Path) -> None:
            if self._look is not None:
                said = _("The columns were saved as {file}.").format(file=path.name)
                self._desk.save_columns(self._look.file, path, lambda _none: self.file.bar.say(said), self._tell_error)

        self._dialog(_("Save columns"), QFileDialog.AcceptMode.AcceptSave, save, [_TOML], self._beside("-columns.toml"))

    def _save_refused(self) -> None:
        def save(path: Path) -> None:
            if self._look is not None:
                said = _("The refused rows were saved as {file}: put them right there and import that file.")
                self._desk.save_refused(
                    self._look.file, self._refused, path,
                    lambda _none: self.file.bar.say(said.format(file=path.name)), self._tell_error,
                )  # fmt: skip

        self._dialog(
            _("Save the refused rows"), QFileDialog.AcceptMode.AcceptSave, save, ["CSV (*.csv)"],
            self._beside("-refused.csv"),
        )  # fmt: skip

    def _beside(self, ending: str) -> str:
        path = self._look.file.source.path if self._look else Path("import")
        return str(path.with_name(path.stem + ending))

    def _dialog(
        self, title: str, mode: QFileDialog.AcceptMode, then: Callable[[Path], object], kinds: list[str], name: str = ""
    ) -> None:
        dialog = QFileDialog(self, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(mode)
        dialog.setNameFilters(kinds)
        is_open = mode is QFileDialog.AcceptMode.AcceptOpen
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile if is_open else QFileDialog.FileMode.AnyFile)
        dialog.setDirectory(str(Path(name).parent) if name else self._folder)
        if name:
            dialog.selectFile(Path(name).name)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.show()

    def _connect(self) -> None:
        start, file, bar = self.start, self.file, self.file.bar
        start.wants_file.connect(self._choose_file)
        start.wants_encoding.connect(self._read_as)
        start.wants_undo.connect(self._undo)
        file.kind_chosen.connect(lambda kind: self._reread(kind=ImportKind(kind)))
        file.sheet_chosen.connect(lambda sheet: self._reread(sheet=sheet))
        file.encoding_chosen.connect(lambda encoding: self._reread(encoding=encoding))
        file.columns_changed.connect(self._on_columns)
        file.wants_other.connect(self._leave)
        file.wants_load.connect(self._load_columns)
        file.wants_save.connect(self._save_columns)
        file.wants_refused.connect(self._save_refused)
        bar.wanted.connect(self._on_wanted)
        bar.cancelled.connect(self._cancel)
        bar.undone.connect(self._undo_this)
        bar.left.connect(self._leave)

    def _reread(self, kind: ImportKind | None = None, sheet: str = "", encoding: str | None = None) -> None:
        if self._look is not None:
            how = self._look.encoding if encoding is None else encoding
            self._ask_look(Question(self._look.file.source.path, kind, sheet or self._look.sheet, how))

    def _read_as(self, encoding: str) -> None:
        if self._question is not None:
            self._ask_look(replace(self._question, encoding=encoding))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        for view in (self.start, self.file):
            self._views.addWidget(view)
        column.addWidget(self._views)


_TOML = "TOML (*.toml)"


def _one_file(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
