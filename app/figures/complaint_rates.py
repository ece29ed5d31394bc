"""Report: complaints by what was said, what was found, and product, the last per 1,000 pieces sold."""

from collections.abc import Sequence
from typing import Any

from app.figures.asked import Asked
from app.figures.report import FEWEST, Chart, Column, Kind, Report, Series, Shape, Table, Value, share
from app.figures.wilson import wilson
from app.words import _, ngettext
from db.reports.complaints import Group, ProductGroup, by_category, by_cause, by_product

PER = 1000
_MOST_DRAWN = 12


def title() -> str:
    return _("Complaints by category, cause and product")


def report(connection: Any, asked: Asked) -> Report:
    picked = asked.picked
    groups = by_category(connection, picked), by_cause(connection, picked)
    return figures(*groups, by_product(connection, picked), asked)


def figures(
    categories: Sequence[Group], causes: Sequence[Group], products: Sequence[ProductGroup], asked: Asked
) -> Report:
    """Three tables, the most frequent first."""
    n = sum(one.complaints for one in categories)
    rates = [_product_row(one) for one in _shown(products)]
    by_category, by_cause = _shares(_("By category"), categories, n), _shares(_("By cause"), causes, n)
    few = sum(len(some) - len(_shown(some)) for some in (categories, causes, products))
    return Report(
        title(),
        asked.words,
        n,
        _("complaints received in the period"),
        (
            _("Share = complaints of the group ÷ all complaints"),
            _("Per 1,000 sold = complaints about the product ÷ pieces of it that were ordered in the period × 1,000"),
            _("At least, at most: Wilson's interval, 95 %"),
        ),
        (
            _("Category is what the customer said, cause what was found."),
            _("Sold: pieces of orders of the same period; cancelled and returned orders are left out."),
            ngettext(
                "Nothing is shown under n = {least}: {n} group is left out.",
                "Nothing is shown under n = {least}: {n} groups are left out.", few,
            ).format(least=FEWEST, n=few),
            asked.zone_words,
        ),
        (by_category, by_cause, Table(_("By product"), _product_columns(), tuple(rates))),
        _chart(by_category),
    )  # fmt: skip


def _shown(groups: Sequence[Any]) -> list[Any]:
    return sorted((one for one in groups if one.complaints >= FEWEST), key=lambda one: (-one.complaints, one.name))


def _shares(name: str, groups: Sequence[Group], n: int) -> Table:
    columns = (
        Column(name, Kind.TEXT), Column(_("Complaints")), Column(_("Share"), Kind.SHARE),
        Column(_("at least"), Kind.SHARE), Column(_("at most"), Kind.SHARE),
    )  # fmt: skip
    rows = [
        (one.name or _("not said yet"), one.complaints, share(one.complaints, n), *(wilson(one.complaints, n) or ()))
        for one in _shown(groups)
    ]
    return Table(name, columns, tuple(rows))


def _product_columns() -> tuple[Column, ...]:
    return (
        Column(_("Product"), Kind.TEXT), Column(_("Complaints")), Column(_("Pieces sold")),
        Column(_("Per 1,000 sold"), Kind.DECIMAL), Column(_("at least"), Kind.DECIMAL),
        Column(_("at most"), Kind.DECIMAL),
    )  # fmt: skip


def _product_row(one: ProductGroup) -> tuple[Value, ...]:
    """More complaints than pieces, about what was sold before, say nothing about a share."""
    interval = wilson(one.complaints, one.sold)
    if interval is None:
        return one.name, one.complaints, one.sold, None, None, None
    return one.name, one.complaints, one.sold, one.complaints / one.sold * PER, *(bound * PER for bound in interval)


def _chart(table: Table) -> Chart:
    rows = table.rows[:_MOST_DRAWN]
    values, low, high = (tuple(float(row[place] or 0) for row in rows) for place in (2, 3, 4))
    places = tuple(str(row[0]) for row in rows)
    return Chart(Shape.ROWS, Kind.SHARE, places, (Series(_("Share"), values, low, high),))
