"""Rows on their way to the database: written in sets, counted, and hashed into one fingerprint."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import cache

from django.db.models import Model

BATCH = 1000


class Ledger:
    """What has been written so far; rows themselves are not kept."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._hash = hashlib.sha256()

    def write(self, rows: Sequence[Model]) -> None:
        """Insert rows of one model; they get their keys."""
        if not rows:
            return
        model = type(rows[0])
        names = _plain_fields(model)
        for row in rows:
            line = "|".join(str(getattr(row, name)) for name in names)
            self._hash.update(f"{model.__name__}|{line}\n".encode())
        model._default_manager.bulk_create(rows, batch_size=BATCH)
        self.counts[model.__name__] += len(rows)

    @property
    def sha256(self) -> str:
        """The same for the same rows in the same order, on every database."""
        return self._hash.hexdigest()


@cache
def _plain_fields(model: type[Model]) -> list[str]:
    """Columns that hold values, not keys: numbers given by the database differ from one to the next."""
    return [field.attname for field in model._meta.concrete_fields if not field.is_relation and not field.primary_key]
