"""Households and companies that a file names: who lives together, and who works for whom."""

from db.importing.layout import Layout
from db.importing.workbench import Workbench

HOME = Layout("home", ("row key", "customer_id key", "new_customer key", "name text", "place text"), key=True)
KNOWN = Layout("known_home", ("name text", "place text", "id key"))
NEW = Layout("new_home", ("n key", "name text", "place text"), key=True)
MEMBER = Layout("new_member", ("customer_id key", "new_customer key", "household_id key", "household key"))
LINK = Layout("new_company", ("company_id key", "new_company key", "person_id key", "new_person key"))
_COMPANY = Layout("told_company", ("name text", "id key", "n key"))


def compare(bench: Workbench) -> None:
    """Find the households and links that the records lack."""
    for layout in (HOME, KNOWN, NEW, MEMBER, LINK, _COMPANY):
        bench.make(layout)
    households, companies = bench.ask("SELECT count(household), count(company) FROM staged_customer")[0]
    if households:
        _compare_homes(bench)
    if companies:
        _compare_companies(bench)


def sizes(bench: Workbench) -> dict[str, int]:
    """How many keys are to be counted on."""
    return {"household": bench.count(NEW.name)}


def write(bench: Workbench, bases: dict[str, int]) -> None:
    """Households, who lives there, who works where."""
    if bench.count(MEMBER.name):
        bench.run(_INSERT_HOMES, base=bases["household"])
        bench.run(_INSERT_MEMBERS, base=bases["household"], customers=bases["customer"])
    if bench.count(LINK.name):
        bench.run(_INSERT_LINKS, customers=bases["customer"])


def _compare_homes(bench: Workbench) -> None:
    bench.run(_HOMES_OF_NEW)
    bench.run(_HOMES_OF_FOUND)
    bench.index(HOME.name, "name, place")
    bench.run(_KNOWN_HOMES)
    bench.index(KNOWN.name, "name, place")
    bench.run(_NEW_HOMES)
    bench.index(NEW.name, "name, place")
    bench.run(_NEW_MEMBERS)


def _compare_companies(bench: Workbench) -> None:
    bench.run(_COMPANIES_IN_RECORDS)
    bench.run(_COMPANIES_IN_FILE)
    bench.index(_COMPANY.name, "name")
    bench.run(_LINKS_OF_NEW)
    bench.run(_LINKS_OF_FOUND)


_HOMES_OF_NEW = """
INSERT INTO home SELECT s.row, NULL, r.n, s.household, coalesce(s.postal_code, '')
FROM staged_customer s JOIN new_row r ON r.row = s.row WHERE s.household IS NOT NULL
"""
_HOMES_OF_FOUND = """
INSERT INTO home SELECT s.row, f.customer_id, NULL, s.household, coalesce(s.postal_code, c.postal_code, '')
FROM staged_customer s JOIN found f ON f.row = s.row JOIN customer c ON c.id = f.customer_id
WHERE s.household IS NOT NULL
"""
_KNOWN_HOMES = """
INSERT INTO known_home
SELECT h.name, coalesce(c.postal_code, ''), min(h.id) FROM household h
JOIN household_member m ON m.household_id = h.id JOIN customer c ON c.id = m.customer_id
WHERE h.name IN (SELECT name FROM home) GROUP BY h.name, coalesce(c.postal_code, '')
HAVING min(h.id) = max(h.id)
"""
_NEW_HOMES = """
INSERT INTO new_home SELECT row_number() OVER (ORDER BY min(h.row)), h.name, h.place FROM home h
LEFT JOIN known_home k ON k.name = h.name AND k.place = h.place WHERE k.id IS NULL GROUP BY h.name, h.place
"""
_NEW_MEMBERS = """
INSERT INTO new_member SELECT h.customer_id, h.new_customer, k.id, n.n FROM home h
LEFT JOIN known_home k ON k.name = h.name AND k.place = h.place
LEFT JOIN new_home n ON n.name = h.name AND n.place = h.place
WHERE NOT EXISTS (SELECT 1 FROM household_member m WHERE m.customer_id = h.customer_id AND m.household_id = k.id)
"""
_COMPANIES_IN_RECORDS = """
INSERT INTO told_company SELECT name, min(id), NULL FROM customer
WHERE kind = 'company' AND merged_into_id IS NULL AND erased_at IS NULL
AND name IN (SELECT company FROM staged_customer WHERE company IS NOT NULL) GROUP BY name HAVING count(*) = 1
"""
_COMPANIES_IN_FILE = """
INSERT INTO told_company SELECT s.name, NULL, min(r.n) FROM staged_customer s JOIN new_row r ON r.row = s.row
WHERE s.kind = 'company' AND s.name IN (SELECT company FROM staged_customer WHERE company IS NOT NULL)
AND s.name NOT IN (SELECT name FROM customer WHERE kind = 'company') GROUP BY s.name HAVING count(*) = 1
"""
_LINKS_OF_NEW = """
INSERT INTO new_company SELECT t.id, t.n, NULL, r.n FROM staged_customer s JOIN new_row r ON r.row = s.row
JOIN told_company t ON t.name = s.company WHERE t.n IS NULL OR t.n <> r.n
"""
_LINKS_OF_FOUND = """
INSERT INTO new_company SELECT t.id, t.n, f.customer_id, NULL FROM staged_customer s JOIN found f ON f.row = s.row
JOIN told_company t ON t.name = s.company
WHERE (t.id IS NULL OR t.id <> f.customer_id) AND NOT EXISTS (
    SELECT 1 FROM company_link l WHERE l.person_id = f.customer_id AND l.company_id = t.id
)
"""
_INSERT_HOMES = "INSERT INTO household (id, name) SELECT :base + n, name FROM new_home ORDER BY n"
_INSERT_MEMBERS = """
INSERT INTO household_member (household_id, customer_id, role)
SELECT coalesce(household_id, :base + household), coalesce(customer_id, :customers + new_customer), 'other'
FROM new_member
"""
_INSERT_LINKS = """
INSERT INTO company_link (company_id, person_id)
SELECT coalesce(company_id, :customers + new_company), coalesce(person_id, :customers + new_person) FROM new_company
"""
