"""Every address × every role × own, subordinate and foreign unit: not found, refused, let in, as the table says.

The walk is over the URL conf, so an address nobody has thought of is red. What a refused request must never do
(write, tell a foreign word) is checked on every single answer.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest

from accounts import policy
from accounts.roles import ROLES, Held
from tests.architecture import access_table as table
from tests.architecture.access_asking import NOT_FOUND, Answer, Asker, addresses, fingerprint
from tests.architecture.access_pages import PAGES
from tests.architecture.access_table import OWN, PLACES, Page, expected
from tests.architecture.access_world import ANONYMOUS, WITHOUT_ROLE, World, hidden_from

pytestmark = [pytest.mark.django_db, pytest.mark.only("sqlite")]
#: Its readers read all of it, whatever unit their role is held on.
READ_WHOLE = {"core:journal"}
ROLE_OF = {**ROLES, WITHOUT_ROLE: None}


def cells(page: Page) -> Iterator[tuple[str, str]]:
    """The places and methods of one page."""
    for place in PLACES if page.kind else (OWN,):
        for method in page.methods:
            yield place, method


def test_every_address_stands_in_the_table():
    known = {page.name for page in PAGES} | table.PUBLIC | table.THIRD_PARTY
    assert {name for name, _ in addresses()} == known


def test_no_name_is_given_twice():
    assert [name for name, times in Counter(name for name, _ in addresses()).items() if times > 1] == []


def test_every_view_says_on_its_first_line_who_may_enter():
    third_party = table.THIRD_PARTY | table.THIRD_PARTY_PUBLIC
    marks = ("permission", "signed_in", "public")
    marked = {name: [mark for mark in marks if hasattr(row.callback, mark)] for name, row in addresses()}
    assert {name: found for name, found in marked.items() if len(found) != (name not in third_party)} == {}


def test_the_list_of_public_pages_is_this_one_and_no_longer():
    declared = {name for name, row in addresses() if hasattr(row.callback, "public")}
    assert declared | table.THIRD_PARTY_PUBLIC == {
        "account_activate", "account_inactive", "account_login",  # signing in
        "awards:open_notice", "awards:open_notices",  # lists standing for the people's remarks
        "core:health",
        "decisions:register",  # issued decisions
        "documents:verify", "documents:verify_code", "documents:verify_file", "documents:verify_keys",  # /xm/
        "documents:verify_keys_file",
    } == table.PUBLIC  # fmt: skip


def test_views_ask_the_right_that_the_table_names():
    """Where the table knows two rights for one address, the view declares the one for looking."""
    declared = {name: getattr(row.callback, "permission", None) for name, row in addresses()}
    named = {page.name: {other.right for other in PAGES if other.name == page.name} for page in PAGES}
    wrong = {
        name: (declared[name], rights)
        for name, rights in named.items()
        if declared[name] is not None and declared[name] not in rights
    }
    assert wrong == {}


def test_pages_that_ask_for_the_password_again_are_these():
    declared = {name for name, row in addresses() if getattr(row.callback, "fresh", False)}
    assert declared == {page.name for page in PAGES if page.fresh}


def test_the_users_of_the_world_hold_exactly_their_roles(world: World):
    for code, role in ROLES.items():
        held = policy.held(world.users[code])
        due = frozenset() if role.held is Held.NOWHERE else role.permissions | policy.ON_ONESELF
        assert held == due, code


@pytest.mark.parametrize("who", ROLE_OF)
def test_every_cell_of_a_role(who: str, asker: Asker):
    role, before, wrong, secret = ROLE_OF[who], fingerprint(), [], hidden_from(ROLE_OF[who])
    for page in PAGES:
        for place, method in cells(page):
            due = expected(page, role, place)
            answer = asker.cell(who, page, place, method, htmx=due != 200)
            wrong += [f"{method} {page} {place}: {fault}" for fault in faults(answer, due, method, page)]
            told = sorted(set(secret.findall(answer.everything()))) if page.name not in READ_WHOLE else []
            wrong += [f"{method} {page} {place}: tells {told}"] if told else []
    assert not wrong, "\n".join(wrong)
    assert fingerprint() == before


def test_whoever_has_not_signed_in_is_asked_to(asker: Asker):
    wrong = []
    for page, method, htmx in product(PAGES, ("GET", "POST"), (False, True)):
        answer = asker.cell(ANONYMOUS, page, OWN, method, htmx=htmx)
        if not answer.asks_to_sign_in or answer.written or (answer.status == 401) != htmx:
            wrong.append(f"{method} {page}: {answer}")
    assert not wrong, "\n".join(wrong)


def faults(answer: Answer, due: int, method: str, page: Page) -> Iterator[str]:
    """What is wrong with an answer."""
    if due == 200 and (answer.status in {404, 403} or answer.status >= 500 or answer.asks_to_sign_in):
        yield f"{answer} instead of an answer"
    if due not in {200, answer.status}:
        yield f"{answer.status} instead of {due}"
    if due == 404 and answer.status == 404 and NOT_FOUND not in answer.text:
        yield "not found in other words"
    if page.slow and due == 200 and answer.status != 405:
        yield f"{answer.status} to a method it does not take"
    if answer.written and (due != 200 or method == "GET"):
        yield f"wrote to {answer.written}"
