"""Duties kept apart, seen from the pages; and rights that end while somebody is at work."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import ON_COUNCIL
from accounts.permissions import Permission as P
from accounts.roles import ROLES
from accounts.services.users import new_activation_code, system_user
from awards.models import Nomination
from core.models import Event
from decisions.models import Decision
from tests.architecture.access_asking import Asker, fingerprint
from tests.architecture.access_pages import PAGES
from tests.architecture.access_table import FOREIGN, KINDS, OWN, PLACES, expected
from tests.architecture.access_world import SINCE, World
from tests.conftest import PASSWORD, sign_in
from tests.factories.awards import ELIGIBLE, NOT_ELIGIBLE
from units.models import RoleAssignment
from units.services import roles

pytestmark = [pytest.mark.django_db, pytest.mark.only("postgresql")]
DOSSIERS = ("awards:", "documents:", "decisions:", "campaigns:registration")
MEETINGS = ("session", "item", "recusal", "ballot")


@pytest.fixture
def appoint(world: World):
    """Give a user of the world one more role on the own unit."""

    def give(who: str, role: str) -> User:
        user = world.users[who]
        roles.assign(user=user, role=role, unit=world.units[OWN], valid_from=SINCE, by=system_user(), at=timezone.now())
        return user

    return give


STEPS = ["tiep-nhan", "dat", "khong-du", "tra-lai", "kiem-tra-lai", "nhieu-ho-so", "ghi-de"]


@pytest.mark.parametrize("part", ["proposed_by", "submission.created_by", "submission.sent_by", "person.user"])
@pytest.mark.parametrize("step", STEPS)
def test_nobody_reviews_what_they_proposed_or_what_is_about_them(world: World, part, step):
    """Also where one account holds the roles of both sides."""
    user, line = world.users["office_lead"], Nomination.objects.get(pk=world.subjects["line", OWN].pk)
    _take_part(line, part, user)
    assert _review(user, line, step) is False


@pytest.mark.parametrize("step", STEPS)
def test_somebody_else_takes_the_same_step(world: World, step):
    line = Nomination.objects.get(pk=world.subjects["line", OWN].pk)
    assert _review(world.users["office_lead"], line, step) is True


def _review(user: User, line: Nomination, step: str) -> bool:
    """Was anything written when `user` took the step?"""
    line.state = "submitted" if step in {"tiep-nhan", "nhieu-ho-so"} else "reviewing"
    line.verdict = NOT_ELIGIBLE if step == "ghi-de" else ELIGIBLE
    line.save()
    line.returns.update(answered_at=timezone.now())
    before, entries = Nomination.objects.filter(pk=line.pk).values().get(), Event.objects.count()
    data = {"version": line.version, "note": "Ghi", "reason": "Vì", "dong": line.pk, "viec": "tiep-nhan",
            "other": "Thiếu", "guidance": "Bổ sung", "due_on": "30/12/2030"}  # fmt: skip
    address = {
        "nhieu-ho-so": reverse("awards:review_bulk"), "ghi-de": reverse("awards:nomination_override", args=[line.pk])
    }.get(step) or reverse("awards:nomination_move", args=[line.pk, step])  # fmt: skip
    answer = sign_in(user).post(address, data, follow=True)
    assert answer.status_code in {200, 409, 422}
    changed = Nomination.objects.filter(pk=line.pk).values().get() != before
    assert changed == (Event.objects.count() > entries)
    return changed


def _take_part(line: Nomination, part: str, user: User) -> None:
    if part == "proposed_by":
        Nomination.objects.filter(pk=line.pk).update(proposed_by=user, reviewed_by=None)
    elif part == "person.user":
        line.person.user = user
        line.person.save()
    else:
        setattr(line.submission, part.removeprefix("submission."), user)
        line.submission.save()
    line.refresh_from_db()


def test_one_account_with_both_roles_does_not_number_and_sign(world: World, appoint):
    both = appoint("clerk", "signer")
    decision = Decision.objects.get(pk=world.subjects["decision awaiting", OWN].pk)
    Decision.objects.filter(pk=decision.pk).update(numbered_by=both, signer=both)
    client = sign_in(both, fresh=True)
    answer = client.post(reverse("decisions:decision_sign", args=[decision.pk]), {"version": decision.version})
    assert answer.status_code == 409
    assert "không ký chính quyết định đó" in answer.content.decode()
    decision.refresh_from_db()
    assert (decision.state, decision.signed_by) == ("awaiting", None)


def test_the_administrator_opens_no_dossier_and_no_ballot():
    """What the walk over all cells has shown of the role, said in one sentence."""
    admin = ROLES["admin"]
    rooms = [page for page in PAGES if page.name.startswith((*DOSSIERS, "council:"))]
    assert len(rooms) > 90
    assert {(page.name, place) for page in rooms for place in PLACES if expected(page, admin, place) == 200} == set()


def test_an_administrator_cannot_become_head_by_hand(world: World, asker: Asker):
    admin, before = world.users["admin"], fingerprint()
    data = {"user": admin.pk, "role": "unit_head", "unit": world.units[OWN].pk, "valid_from": "01/01/2026"}
    assert asker.ask("admin", reverse("units:role_assign"), "POST", data).status == 422
    assert fingerprint() == before


def test_a_seat_on_one_council_opens_nothing_of_another():
    for code in ("council_chair", "council_member", "council_secretary", "teller"):
        for page in PAGES:
            if page.kind.startswith(MEETINGS) and KINDS[page.kind] <= ON_COUNCIL:
                assert expected(page, ROLES[code], FOREIGN) == 404, page


def test_no_role_drafts_numbers_and_signs_or_counts_and_votes():
    for role in ROLES.values():
        assert len(role.permissions & {P.DECISION_DRAFT, P.DECISION_NUMBER, P.DECISION_SIGN}) <= 1, role.code
        assert not {P.SESSION_COUNT, P.BALLOT_CAST} <= role.permissions, role.code
        assert not {P.SUBMISSION_DRAFT, P.NOMINATION_REVIEW} <= role.permissions, role.code


def test_a_role_that_ends_between_two_clicks_ends_the_work(world: World):
    user, draft = world.users["unit_head"], world.subjects["draft", OWN]
    client, page = sign_in(user), reverse("awards:submission_edit", args=[draft.pk])
    assert client.get(page).status_code == 200
    held = RoleAssignment.objects.get(user=user, role="unit_head")
    day = timezone.localdate() - timedelta(days=1)
    roles.end(assignment=held, last_day=day, by=system_user(), at=timezone.now())
    answer = client.post(page, {"title": "Sau khi thôi vai trò", "version": draft.version})
    assert answer.status_code == 404
    draft.refresh_from_db()
    assert draft.title != "Sau khi thôi vai trò"


def test_a_disabled_account_is_out_with_its_next_click(world: World):
    user = User.objects.get(pk=world.users["office"].pk)
    client = sign_in(user)
    assert client.get(reverse("awards:review_queue")).status_code == 200
    user.is_active = False
    user.save()
    answer = client.get(reverse("awards:review_queue"))
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_a_changed_password_ends_other_sessions(world: World):
    user = User.objects.get(pk=world.users["office"].pk)
    client = sign_in(user)
    user.set_password(PASSWORD)
    user.save()
    assert client.get(reverse("awards:review_queue")).status_code == 302


def test_nobody_signs_in_as_the_machine():
    machine = system_user()
    with pytest.raises(ValueError, match="system"):
        new_activation_code(user=machine, at=timezone.now())
    client = Client()
    for password in (PASSWORD, "", "!"):
        client.post(reverse("account_login"), {"login": machine.username, "password": password})
        assert client.get(reverse("reports:home")).status_code == 302
