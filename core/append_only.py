"""Triggers that refuse to change or delete what must only grow, on PostgreSQL and SQLite.

They stop the application, not the owner of the database: against the owner there is the hash chain.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

MESSAGE = "append-only"


def install(connection: BaseDatabaseWrapper, table: str) -> None:
    """Refuse UPDATE, DELETE (and TRUNCATE) on `table`."""
    for statement in _install_sql(connection.vendor, table):
        _run(connection, statement)


def remove(connection: BaseDatabaseWrapper, table: str) -> None:
    """Lift the refusal: for migrations backwards and for emptying a test database."""
    if connection.vendor == "postgresql":
        _run(connection, f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}")
        _run(connection, f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
    else:
        for verb in ("update", "delete"):
            _run(connection, f"DROP TRIGGER IF EXISTS {table}_no_{verb}")


def _install_sql(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return [
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}: %', TG_TABLE_NAME; END $$",
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_change",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate",
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}: {table}'); END"
        for verb in ("update", "delete")
    ]


def _run(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
