"""The journal can only grow."""

from django.db import migrations

from core import append_only

TABLES = ["core_event"]


def install(apps, schema_editor):
    for table in TABLES:
        append_only.install(schema_editor.connection, table)


def remove(apps, schema_editor):
    for table in TABLES:
        append_only.remove(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
