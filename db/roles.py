"""Which of Omote's roles a server gives whoever is connected, by membership in three roles of its own.

What each may read and write the server does not say yet: this is where it will.
"""

from typing import Any

from sqlalchemy import Connection, text

from db.kinds import Role

ON_SERVER = {
    Role.ADMINISTRATOR: "omote_administrator",
    Role.SUPERVISOR: "omote_supervisor",
    Role.OPERATOR: "omote_operator",
}


def role_on(connection: Connection) -> Role | None:
    """The highest that this user is a member of, OPERATOR for one who is of none.

    None where there are no such roles: on a server that knows nothing of them, and in a file.
    """
    if connection.dialect.name != "postgresql":
        return None
    rows: Any = connection.execute(_MEMBER_OF, {"names": list(ON_SERVER.values())}).all()
    given = {row.name for row in rows if row.is_member}
    return next((role for role, name in ON_SERVER.items() if name in given), Role.OPERATOR) if rows else None


_MEMBER_OF = text("""
SELECT rolname AS name, pg_has_role(current_user, oid, 'MEMBER') AS is_member
FROM pg_roles WHERE rolname = ANY(:names)
""")
