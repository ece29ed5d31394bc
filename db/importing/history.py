"""What purchases, complaints and interactions of a file share: whose they are, who dealt with them, what was bought."""

from db.importing.layout import REFUSAL, Layout
from db.importing.staged import ImportPlan
from db.importing.who_is_who import FOUND, LEFT_OUT, SKIPPED, follow_merges
from db.importing.workbench import Workbench

HANDLER = Layout("told_handler", ("name text", "operator_id key", "n key"))
PRODUCT = Layout("told_product", ("code text", "product_id key", "n key", "name text"))


def find_owners(bench: Workbench, table: str, plan: ImportPlan) -> None:
    """Fill `found` with each row's customer; rows of unknown and erased ones are refused."""
    for layout in (FOUND, LEFT_OUT, SKIPPED):
        bench.make(layout)
    if not plan.system:
        bench.run(_BY_NUMBER.format(table=table))
    bench.run(_BY_REFERENCE.format(table=table), system=plan.system)
    bench.learn(FOUND.name)
    follow_merges(bench)
    refuse(bench, table, "customer_no", "erased", _ERASED)
    refuse(bench, table, "customer_no", "no_customer", _UNKNOWN.format(table=table))


def refuse(bench: Workbench, table: str, column: str, because: str, rows: str) -> None:
    """Leave out what the statement `rows` finds, and say so with the value of `column`."""
    if bench.run(f"INSERT INTO left_out {rows}"):
        bench.run(_SAY.format(table=table, column=column), column=column, because=because)
        bench.run("DELETE FROM found WHERE row IN (SELECT row FROM left_out)")


def find_handlers(bench: Workbench, table: str) -> int:
    """Operators by login, else by name; how many are new: a name from before Omote's time is worth keeping."""
    bench.make(HANDLER)
    bench.run(_KNOWN_HANDLERS.format(table=table))
    added = bench.run(_NEW_HANDLERS.format(table=table))
    bench.index(HANDLER.name, "name")
    return added


def find_products(bench: Workbench, table: str, code: str, name: str) -> int:
    """Products by code; how many are new."""
    bench.make(PRODUCT)
    bench.run(_KNOWN_PRODUCTS.format(table=table, code=code))
    added = bench.run(_NEW_PRODUCTS.format(table=table, code=code, name=name))
    bench.index(PRODUCT.name, "code")
    return added


def write_handlers(bench: Workbench, base: int) -> None:
    """Add the operators that are new."""
    bench.run(_INSERT_HANDLERS, base=base)


def write_products(bench: Workbench, base: int) -> None:
    """Add the products that are new."""
    bench.run(_INSERT_PRODUCTS, base=base)


_BY_NUMBER = """
INSERT INTO found SELECT s.row, c.id FROM {table} s CROSS JOIN customer c WHERE c.customer_no = s.customer_no
"""
_BY_REFERENCE = """
INSERT INTO found SELECT s.row, e.customer_id FROM {table} s CROSS JOIN external_ref e
WHERE e.system = :system AND e.external_id = s.customer_no AND s.row NOT IN (SELECT row FROM found)
"""
_ERASED = """
SELECT f.row FROM found f JOIN customer c ON c.id = f.customer_id WHERE c.erased_at IS NOT NULL
"""
_UNKNOWN = """
SELECT s.row FROM {table} s WHERE s.row NOT IN (SELECT row FROM found) AND s.row NOT IN (SELECT row FROM left_out)
"""
_SAY = f"""
INSERT INTO {REFUSAL.name} SELECT s.row, :column, :because, substr(s.{{column}}, 1, 64)
FROM left_out o JOIN {{table}} s ON s.row = o.row WHERE o.row NOT IN (SELECT row FROM {REFUSAL.name})
"""
_KNOWN_HANDLERS = """
INSERT INTO told_handler SELECT h.name, coalesce(
    (SELECT o.id FROM operator o WHERE o.login = h.name), (SELECT min(o.id) FROM operator o WHERE o.name = h.name)
), NULL
FROM (SELECT DISTINCT substr(handler, 1, 64) AS name FROM {table} WHERE handler IS NOT NULL) AS h
WHERE EXISTS (SELECT 1 FROM operator o WHERE o.login = h.name OR o.name = h.name)
"""
_NEW_HANDLERS = """
INSERT INTO told_handler SELECT h.name, NULL, row_number() OVER (ORDER BY h.name)
FROM (
    SELECT DISTINCT substr(s.handler, 1, 64) AS name FROM {table} s JOIN found f ON f.row = s.row
    WHERE s.handler IS NOT NULL
) AS h WHERE h.name NOT IN (SELECT name FROM told_handler)
"""
_KNOWN_PRODUCTS = """
INSERT INTO told_product SELECT p.code, p.id, NULL, p.name FROM product p
WHERE p.code IN (SELECT {code} FROM {table})
"""
_NEW_PRODUCTS = """
INSERT INTO told_product SELECT t.code, NULL, row_number() OVER (ORDER BY t.first), s.{name}
FROM (
    SELECT {code} AS code, min(s.row) AS first FROM {table} s JOIN found f ON f.row = s.row
    WHERE {code} IS NOT NULL GROUP BY {code}
) AS t JOIN {table} s ON s.row = t.first WHERE t.code NOT IN (SELECT code FROM told_product)
"""
_INSERT_HANDLERS = """
INSERT INTO operator (id, login, name) SELECT :base + n, name, name FROM told_handler WHERE n IS NOT NULL
"""
_INSERT_PRODUCTS = """
INSERT INTO product (id, code, name) SELECT :base + n, code, name FROM told_product WHERE n IS NOT NULL
"""
