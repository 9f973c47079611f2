"""Periods that may not overlap: main postings of a person, superiors of a unit.

PostgreSQL has exclusion constraints; on SQLite triggers refuse the same rows. A migration that
rebuilds one of these tables on SQLite drops its triggers: repeat the trigger there (a test tells).
"""

from django.db import migrations

GUARDS = [
    # table, constraint, key column, condition on the row, message
    ("units_posting", "no_overlapping_main_postings", "person_id", "is_main"),
    ("units_unitlink", "one_parent_at_a_time", "child_id", "1 = 1"),
]


def _postgresql(table: str, name: str, key: str, condition: str) -> str:
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist "
        f"({key} WITH =, daterange(valid_from, valid_to, '[]') WITH &&) WHERE ({condition})"
    )


def _sqlite(table: str, name: str, key: str, condition: str, occasion: str) -> str:
    new = condition.replace("is_main", "NEW.is_main")
    return f"""
        CREATE TRIGGER {name}_{occasion.split()[0].lower()} BEFORE {occasion} ON {table} WHEN {new}
        BEGIN
            SELECT RAISE(ABORT, '{name}') FROM {table} other
            WHERE other.{key} = NEW.{key} AND other.id IS NOT NEW.id AND ({condition})
              AND COALESCE(other.valid_from, '0001-01-01') <= COALESCE(NEW.valid_to, '9999-12-31')
              AND COALESCE(NEW.valid_from, '0001-01-01') <= COALESCE(other.valid_to, '9999-12-31');
        END"""


def add(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    with schema_editor.connection.cursor() as cursor:
        if vendor == "postgresql":
            cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        for table, name, key, condition in GUARDS:
            if vendor == "postgresql":
                cursor.execute(_postgresql(table, name, key, condition))
            else:
                for occasion in ("INSERT", "UPDATE"):
                    cursor.execute(_sqlite(table, name, key, condition, occasion))


def remove(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    with schema_editor.connection.cursor() as cursor:
        for table, name, _key, _condition in GUARDS:
            if vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            else:
                for occasion in ("insert", "update"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}_{occasion}")


class Migration(migrations.Migration):
    dependencies = [("units", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
