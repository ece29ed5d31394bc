"""Why two records can't be made one, or one two again, as bare facts; `app` makes the sentence."""

from enum import StrEnum


class Why(StrEnum):
    """What stands in the way."""

    GONE = "gone"  # there is no such customer, or merge
    SAME = "same"  # a customer and itself
    ALREADY = "already"  # merged into somebody meanwhile
    ERASED = "erased"
    CHANGED = "changed"  # somebody has changed one of the two since they were compared
    UNDONE = "undone"  # this merge was undone already
    LATER = "later"  # a later merge into the same customer, or of it, must be undone first


class MergeRefused(Exception):  # noqa: N818 -- nothing is wrong: somebody was faster, or asks for too much
    """Nothing was changed. `detail` is a customer number, or two."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}" if detail else str(why))
        self.why = why
        self.detail = detail
