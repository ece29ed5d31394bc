"""The numbers of imported customers: each number once, linked to all who have it; none is ever taken away."""

from datetime import datetime

from db.importing import number_changes
from db.importing.layout import Layout
from db.importing.staged import ImportPlan
from db.importing.workbench import Workbench

NEW = Layout("new_number", ("n key", "e164 key", "raw text", "digits_rev key", "kind text"), key=True)
LINK = Layout(
    "new_link",
    (
        *("n key", "customer_id key", "new_customer key", "number_id key", "number key", "extension text"),
        *("label text", "is_primary integer"),
    ),
    key=True,
)
_SEEN = Layout("seen_number", ("e164 key", "first key"), key=True)
_KNOWN = Layout("known_number", ("e164 key", "id key"), key=True)
_SEEN_BARE = Layout("seen_bare", ("raw text", "first key"))
_KNOWN_BARE = Layout("known_bare", ("raw text", "id key"))


def compare(bench: Workbench, plan: ImportPlan) -> None:
    """Find the numbers and the links that the records lack, and the numbers that are given up."""
    for layout in (NEW, LINK, _SEEN, _KNOWN, _SEEN_BARE, _KNOWN_BARE):
        bench.make(layout)
    if bench.count("left_out") or bench.count("skipped"):
        bench.run(_DROP_LEFT_OUT)
    bench.run(_SEE)
    bench.learn(_SEEN.name)
    bench.run(_KNOW)
    bench.learn(_KNOWN.name)
    has_bare = _compare_bare(bench)
    bench.run(_NEW, counted=bench.count(NEW.name))
    bench.index(NEW.name, "e164")
    words = _WITH_BARE if has_bare else _WITHOUT_BARE
    number_changes.compare(bench, plan, words)
    counted = bench.run(_LINK_NEW.format_map(words))
    if bench.count("found"):
        bench.run(_LINK_KNOWN.format_map(words), counted=counted)
    bench.learn(LINK.name)
    number_changes.choose_primary(bench)


def _compare_bare(bench: Workbench) -> bool:
    """Numbers without a key, such as extensions: the same text is the same number. False if there are none."""
    if not bench.run(_SEE_BARE):
        return False
    bench.index(_SEEN_BARE.name, "raw")
    bench.run(_KNOW_BARE)
    bench.index(_KNOWN_BARE.name, "raw")
    bench.run(_NEW_BARE)
    bench.index(NEW.name, "raw")
    return True


def sizes(bench: Workbench) -> dict[str, int]:
    """How many keys are to be counted on."""
    return {"phone_number": bench.count(NEW.name), "customer_phone": bench.count(LINK.name)}


def write(bench: Workbench, bases: dict[str, int], at: datetime) -> None:
    """Numbers first, then who answers there. Raises ChangedMeanwhile."""
    bench.run(_INSERT, base=bases["phone_number"])
    number_changes.write(bench, at)
    bench.run(
        _INSERT_LINKS,
        base=bases["customer_phone"],
        customers=bases["customer"],
        numbers=bases["phone_number"],
    )


_DROP_LEFT_OUT = """
DELETE FROM staged_phone WHERE row IN (SELECT row FROM left_out) OR row IN (SELECT row FROM skipped)
"""
_SEE = """
INSERT INTO seen_number SELECT e164, min(at) FROM staged_phone WHERE e164 IS NOT NULL GROUP BY e164 ORDER BY e164
"""
_SEE_BARE = "INSERT INTO seen_bare SELECT raw, min(at) FROM staged_phone WHERE e164 IS NULL GROUP BY raw"
_KNOW = """
INSERT INTO known_number SELECT s.e164, n.id FROM seen_number s CROSS JOIN phone_number n WHERE n.e164 = s.e164
"""
_KNOW_BARE = """
INSERT INTO known_bare SELECT n.raw, min(n.id) FROM phone_number n CROSS JOIN seen_bare s
WHERE n.e164 IS NULL AND s.raw = n.raw GROUP BY n.raw
"""
_NEW_BARE = """
INSERT INTO new_number SELECT row_number() OVER (ORDER BY s.first), NULL, s.raw, p.digits_rev, p.kind
FROM seen_bare s CROSS JOIN staged_phone p WHERE p.at = s.first AND s.raw NOT IN (SELECT raw FROM known_bare)
"""
_NEW = """
INSERT INTO new_number SELECT :counted + row_number() OVER (ORDER BY p.at), p.e164, p.raw, p.digits_rev, p.kind
FROM staged_phone p CROSS JOIN seen_number s
WHERE s.e164 = p.e164 AND s.first = p.at AND NOT EXISTS (SELECT 1 FROM known_number k WHERE k.e164 = p.e164)
ORDER BY p.at
"""
_NUMBER_OF = """
LEFT JOIN known_number k ON k.e164 = p.e164 LEFT JOIN new_number w ON w.e164 = p.e164
"""
_WITHOUT_BARE = {"id": "k.id", "n": "w.n", "number_of": _NUMBER_OF}
_BARE_NUMBER_OF = """
LEFT JOIN known_bare kb ON p.e164 IS NULL AND kb.raw = p.raw
LEFT JOIN new_number wb ON p.e164 IS NULL AND wb.e164 IS NULL AND wb.raw = p.raw
"""
_WITH_BARE = {
    "id": "coalesce(k.id, kb.id)",
    "n": "coalesce(w.n, wb.n)",
    "number_of": _NUMBER_OF + _BARE_NUMBER_OF,
}
_LINK_NEW = """
INSERT INTO new_link
SELECT row_number() OVER (ORDER BY p.at), NULL, r.n, {id}, {n}, p.extension, p.label,
    CASE WHEN p.position = 0 THEN 1 ELSE 0 END
FROM staged_phone p JOIN new_row r ON r.row = p.row {number_of} ORDER BY p.at
"""
_LINK_KNOWN = """
INSERT INTO new_link
SELECT :counted + row_number() OVER (ORDER BY p.at), f.customer_id, NULL, {id}, {n},
    p.extension, p.label,
    CASE WHEN row_number() OVER (PARTITION BY f.customer_id ORDER BY p.at) = 1 AND NOT EXISTS (
        SELECT 1 FROM customer_phone o WHERE o.customer_id = f.customer_id AND o.is_primary AND o.valid_to IS NULL
        AND NOT EXISTS (SELECT 1 FROM number_change g WHERE g.id = o.id AND g.becomes = 'given_up')
    ) THEN 1 ELSE 0 END
FROM staged_phone p JOIN found f ON f.row = p.row {number_of}
WHERE NOT EXISTS (
    SELECT 1 FROM customer_phone l WHERE l.customer_id = f.customer_id
    AND l.phone_number_id = {id} AND l.extension = p.extension
)
"""
_INSERT = """
INSERT INTO phone_number (id, e164, raw, digits_rev, kind, is_shared)
SELECT :base + n, e164, raw, digits_rev, kind, false FROM new_number ORDER BY n
"""
_INSERT_LINKS = """
INSERT INTO customer_phone (
    id, customer_id, phone_number_id, extension, label, is_primary, confidence, source
)
SELECT :base + n, coalesce(customer_id, :customers + new_customer), coalesce(number_id, :numbers + number), extension,
    label, is_primary = 1, 'known', 'import'
FROM new_link ORDER BY n
"""
