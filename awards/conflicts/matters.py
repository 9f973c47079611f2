"""Subjects that wait for the end of an examination."""

from django.db.models import Q

from awards.conflicts.findings import BLOCK, LEAD, Conflict, Found, Scene, Subject, cited, subject_of
from units.models import PendingMatter


def held_by_a_matter(scene: Scene) -> Found:
    """A matter about the person or the collective is open on the day."""
    matters = PendingMatter.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=scene.day),
        Q(person__in=scene.people) | Q(unit__in=scene.units),
        opened_on__lte=scene.day,
    ).order_by("opened_on", "pk")
    first: dict[Subject, PendingMatter] = {}
    for row in matters:
        first.setdefault((row.person_id, row.unit_id), row)
    cite = cited(scene.law.find("bars.pending")) if first else ()
    for line in scene.lines:
        matter = first.get(subject_of(line))
        if matter is not None:
            says = f"{matter.get_kind_display()} từ ngày {matter.opened_on:%d/%m/%Y}, chưa kết thúc."
            yield line.pk, Conflict("pending", BLOCK, says, "Chờ kết luận rồi đề nghị.", LEAD, cite)
