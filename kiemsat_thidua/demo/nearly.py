"""Who is near a higher award in the running year: one look at everybody, then some put off and some declined."""

from datetime import timedelta

from django.db.models import Q

from awards.selectors import suggestions_under, with_dossier
from awards.services.discoveries import tell
from history.eligibility import serving_on
from history.models import Discovery
from history.services import discoveries
from history.services.discovering import keep
from history.services.looking import find_near
from kiemsat_thidua.demo.scene import Scene
from units.selectors import units_on

#: Reasons of the head, in the order in which they are given out.
DECLINED = (
    "Cá nhân xin nhường cho đồng chí trực tiếp làm nhiệm vụ; đã thống nhất tại cuộc họp đơn vị.",
    "Đơn vị đã đề nghị hình thức khen thưởng khác trong năm.",
)
POSTPONED = "Chờ kết quả nghiệm thu sáng kiến trước khi họp xét."


def build(scene: Scene) -> None:
    """The last night's look, and what the head of Phú Thọ made of it."""
    at, day = scene.ago(0, 1, 30), scene.today
    for looks, scope in (
        (find_near(year=scene.year, day=day, people=serving_on(day)), Q(person__isnull=False)),
        (find_near(year=scene.year, day=day, units=units_on(day)), Q(collective__isnull=False)),
    ):
        keep(looks, scope=scope, year=scene.year, day=day, at=at)
    tell(year=scene.year, run=at)
    head = scene.users["thutruong"]
    ours = with_dossier(Discovery.objects.filter(unit__in=[scene.units["pt_p1"], scene.units["pt_p9"]]))
    eligible = list(ours.filter(suggestions_under("", day)).order_by("sort_key", "pk")[:4])
    for row, reason in zip(eligible[:2], DECLINED, strict=False):
        discoveries.decline(discoveries=[row], reason=reason, by=head, at=scene.ago(0, 8))
    discoveries.postpone(
        discoveries=eligible[2:], until=scene.today + timedelta(days=18), reason=POSTPONED, by=head, at=scene.ago(0, 8)
    )
