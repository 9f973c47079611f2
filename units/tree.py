"""Walks over the dated tree as recursive SQL, the same text on SQLite and PostgreSQL.

Three kinds of steps lead from a unit outwards, to the unit that answers for it on a day:

* the unit stands under its superior on that day;
* the unit has ended and its successors are known: to each successor;
* the unit has ended and no successor is known: to its last superior.

`UNION` drops rows already seen, so even a circle in the data ends the walk.
"""

from collections.abc import Callable, Iterable

_UNDER = """
    SELECT link.child_id, link.parent_id FROM units_unitlink link
    WHERE (link.valid_from IS NULL OR link.valid_from <= %s) AND (link.valid_to IS NULL OR link.valid_to >= %s)"""

_SUCCEEDED = """
    SELECT event.predecessor_id, event.successor_id FROM units_unitevent event
    JOIN units_unit ended ON ended.id = event.predecessor_id
    WHERE event.successor_id IS NOT NULL AND ended.valid_to < %s"""

_LAST_SUPERIOR = """
    SELECT link.child_id, link.parent_id FROM units_unitlink link
    JOIN units_unit ended ON ended.id = link.child_id
    WHERE ended.valid_to < %s
      AND NOT EXISTS (SELECT 1 FROM units_unitevent event
                      WHERE event.predecessor_id = link.child_id AND event.successor_id IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM units_unitlink later
                      WHERE later.child_id = link.child_id AND later.valid_from IS NOT NULL
                        AND (link.valid_from IS NULL OR later.valid_from > link.valid_from))"""

_KIN = """
    SELECT predecessor_id, successor_id FROM units_unitevent WHERE successor_id IS NOT NULL
    UNION ALL
    SELECT successor_id, predecessor_id FROM units_unitevent WHERE successor_id IS NOT NULL"""

_STEPS_OF_A_DAY = _UNDER
_STEPS_OF_SCOPE = f"{_UNDER} UNION ALL {_SUCCEEDED} UNION ALL {_LAST_SUPERIOR}"


def inward_sql(start: str) -> str:
    """Ids of the units `start` selects and of all for which they answer on a day.

    Parameters of the query: `scope_days(day)`, then those of `start`.
    """
    return _walk(_STEPS_OF_SCOPE, start, known="outer_id", found="inner_id")


def outward_sql(start: str) -> str:
    """Ids of the units `start` selects and of all that answer for them on a day; parameters as above."""
    return _walk(_STEPS_OF_SCOPE, start, known="inner_id", found="outer_id")


def below_sql(start: str) -> str:
    """Ids of the units `start` selects and of those that stand below them on a day.

    Parameters of the query: `structure_days(day)`, then those of `start`.
    """
    return _walk(_STEPS_OF_A_DAY, start, known="outer_id", found="inner_id")


def above_sql(start: str) -> str:
    """Ids of the units `start` selects and of their superiors on a day; parameters as for `below_sql`."""
    return _walk(_STEPS_OF_A_DAY, start, known="inner_id", found="outer_id")


def family_sql(start: str) -> str:
    """Ids of the units `start` selects and of all forerunners and successors, near and far.

    Parameters of the query: those of `start`.
    """
    return _walk(_KIN, start, known="inner_id", found="outer_id")


def scope_days(day: str) -> tuple[str, ...]:
    """The day, once for each place in which the steps of access compare with it."""
    return (day,) * _STEPS_OF_SCOPE.count("%s")


def structure_days(day: str) -> tuple[str, ...]:
    """The day, once for each place in which the steps of the structure compare with it."""
    return (day,) * _STEPS_OF_A_DAY.count("%s")


def only_kin(steps: Iterable[tuple[int, int]], start: int, reaches: Callable[[int], bool]) -> int | None:
    """Follow (from, to) steps from `start` while each unit has exactly one, until one `reaches`; else None."""
    onward: dict[int, set[int]] = {}
    for here, there in steps:
        onward.setdefault(here, set()).add(there)
    current, seen = start, {start}
    while not reaches(current):
        others = onward.get(current, set())
        if len(others) != 1 or others <= seen:
            return None
        current = next(iter(others))
        seen.add(current)
    return current


def closures(steps: Iterable[tuple[int, int]], starts: Iterable[int]) -> dict[int, set[int]]:
    """For each start, itself and everything that (child, parent) steps put below it."""
    below: dict[int, list[int]] = {}
    for child, parent in steps:
        below.setdefault(parent, []).append(child)
    found: dict[int, set[int]] = {}
    for start in starts:
        seen, waiting = {start}, [start]
        while waiting:
            fresh = [child for child in below.get(waiting.pop(), ()) if child not in seen]
            seen.update(fresh)
            waiting.extend(fresh)
        found[start] = seen
    return found


def _walk(steps: str, start: str, *, known: str, found: str) -> str:
    # Only the texts of this file and placeholders come together here, nothing typed.
    walk = "UNION SELECT step.{found} FROM step JOIN reached ON step.{known} = reached.id"
    first = "reached(id) AS (SELECT id FROM units_unit WHERE id IN ({start}) {walk})"
    whole = "WITH RECURSIVE step(inner_id, outer_id) AS MATERIALIZED ({steps}\n), {reached} SELECT id FROM reached"
    return whole.format(steps=steps, reached=first.format(start=start, walk=walk.format(found=found, known=known)))
