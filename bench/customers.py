"""Whom the benchmarks ring for: the demo's customers with the fullest cards, so that no figure flatters us."""

import sqlite3
from pathlib import Path

from db.engine import FILE_NAME

MOST = 40
_FULLEST = """
SELECT '+' || n.e164, count(*) FROM phone_number n
JOIN customer_phone p ON p.phone_number_id = n.id
JOIN customer c ON c.id = p.customer_id AND c.merged_into_id IS NULL AND c.erased_at IS NULL
WHERE NOT n.is_shared AND p.is_primary AND p.extension = '' AND p.confidence <> 'stale' AND p.valid_to IS NULL
GROUP BY n.id HAVING count(*) = 1
ORDER BY (SELECT count(*) FROM purchase o WHERE o.customer_id = c.id)
       + (SELECT count(*) FROM complaint m WHERE m.customer_id = c.id)
       + (SELECT count(*) FROM interaction i WHERE i.customer_id = c.id) DESC, c.id
LIMIT ?
"""


def fullest_numbers(folder: Path) -> list[str]:
    """E.164 numbers, each of one customer whose card opens by itself."""
    connection = sqlite3.connect(folder / FILE_NAME)
    try:
        return [row[0] for row in connection.execute(_FULLEST, (MOST,))]
    finally:
        connection.close()
