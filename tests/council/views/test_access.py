"""Who may open which page of a council."""

import pytest
from django.urls import reverse

from accounts import policy
from accounts.roles import ROLES
from core.workflow import Refused
from council.services import ballots, councils
from tests.factories.council import NOW, SINCE, World, choices, seat
from tests.factories.units import make_user
from units.models import RoleAssignment

pytestmark = pytest.mark.django_db
OF_A_SESSION = ["session", "result", "session_edit", "session_lock", "session_open", "session_close", "session_cancel",
                "session_minute", "agenda_add", "agenda_other", "attendance", "recusal_add"]  # fmt: skip
SECRETARYS = ["session_edit", "session_lock", "session_cancel", "session_minute", "agenda_add", "agenda_other",
              "attendance", "recusal_add"]  # fmt: skip


def _status(client, name, *args, post=False):
    address = reverse(f"council:{name}", args=args)
    return (client.post(address) if post else client.get(address)).status_code


@pytest.mark.parametrize("name", [*OF_A_SESSION, "ballot", "ballot_receipt"])
def test_a_member_of_another_council_finds_nothing(world, as_user, name):
    session, stranger = world.opened(lines=1), World(3).users[1]
    assert _status(as_user(stranger, fresh=True), name, session.pk) == 404


def test_nor_the_dossiers_of_that_council(world, as_user):
    session, stranger = world.opened(lines=1), World(3).users[1]
    assert _status(as_user(stranger), "dossier", session.pk, session.items.get().pk) == 404


@pytest.mark.parametrize(
    "role", ["office", "office_lead", "unit_head", "unit_clerk", "admin", "auditor", "signer", "clerk"]
)
def test_roles_on_the_unit_give_no_sight_of_the_session_and_no_vote(world, as_user, role):
    session, user = world.opened(lines=1), make_user()
    policy.give(user, ROLES[role].permissions, world.unit)
    client = as_user(user, fresh=True)
    assert _status(client, "session_list") == 403
    assert _status(client, "my_ballots") == 403
    for name in ("session", "ballot", "ballot_receipt", "result"):
        assert _status(client, name, session.pk) == 404, name


def test_the_admin_cannot_be_made_a_member(world, as_user, lead):
    admin = make_user()
    policy.give(lead, ROLES["office_lead"].permissions, world.unit)
    RoleAssignment.objects.create(user=admin, role="admin", unit=world.unit, valid_from=SINCE)
    with pytest.raises(Refused, match="quản trị hệ thống"):
        councils.appoint(
            council=world.council, user=admin, role="council_member", post_title="x", valid_from=SINCE, by=lead, at=NOW
        )


@pytest.mark.parametrize("name", [*SECRETARYS, "session_open", "session_close"])
def test_a_member_sees_the_session_but_takes_no_step(world, as_user, name):
    session = world.opened(lines=1)
    client = as_user(world.users[1])
    assert _status(client, "session", session.pk) == 200
    assert _status(client, name, session.pk) == 403


def test_a_secretary_without_a_vote_has_no_ballot(world, as_user):
    session = world.opened(lines=1)
    client = as_user(world.secretary, fresh=True)
    assert _status(client, "my_ballots") == 403
    assert _status(client, "ballot", session.pk) == 404
    assert _status(client, "ballot_receipt", session.pk, post=True) == 404


def test_a_secretary_who_is_also_a_member_votes(as_user):
    world = World(3, secretary_votes=True)
    session = world.opened(lines=1)
    assert _status(as_user(world.secretary), "ballot", session.pk) == 200
    ballots.cast(session=session, choices=choices(session), by=world.secretary, at=NOW)


def test_the_chair_opens_and_closes_but_does_not_prepare(world, as_user):
    session = world.opened(lines=1)
    client = as_user(world.chair)
    assert _status(client, "session_close", session.pk) == 200
    assert _status(client, "attendance", session.pk) == 403


def test_a_teller_sees_and_does_nothing_before_the_close(world, as_user):
    session, teller = world.opened(lines=1), make_user()
    seat(world.council, teller, "teller", votes=False)
    client = as_user(teller)
    assert _status(client, "session", session.pk) == 200
    assert _status(client, "session_close", session.pk) == 403
    assert "sau khi đóng phiếu" in client.get(reverse("council:result", args=[session.pk])).content.decode()


def test_members_do_not_see_a_session_in_preparation(world, as_user):
    draft = world.draft(lines=1)
    assert _status(as_user(world.users[1]), "session", draft.pk) == 404
    assert _status(as_user(world.secretary), "session", draft.pk) == 200
    assert _status(as_user(world.chair), "session", draft.pk) == 200


def test_who_has_left_the_council_sees_it_no_more(world, as_user, lead):
    session = world.opened(lines=1)
    policy.give(lead, ROLES["office_lead"].permissions, world.unit)
    member = world.council.members.get(user=world.users[2])
    councils.end_membership(member=member, last_day=NOW.date().replace(day=1), by=lead, at=NOW)
    client = as_user(world.users[2], fresh=True)
    assert _status(client, "session_list") == 403
    assert _status(client, "ballot", session.pk) == 404


@pytest.mark.parametrize("name", ["charter", "member_add", "rule_add"])
def test_members_and_rules_are_the_standing_offices(world, as_user, lead, name):
    policy.give(lead, ROLES["office_lead"].permissions, world.unit)
    assert _status(as_user(lead), name, world.council.pk) == 200
    assert _status(as_user(world.chair), name, world.council.pk) == 404
    other = make_user()
    policy.give(other, ROLES["office_lead"].permissions, World(3).unit)
    assert _status(as_user(other), name, world.council.pk) == 404


def test_a_visitor_is_asked_to_sign_in(world, client):
    session = world.opened(lines=1)
    answer = client.get(reverse("council:ballot", args=[session.pk]))
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]
