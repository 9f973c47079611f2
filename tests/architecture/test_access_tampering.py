"""Changed addresses: a child under another's parent, ids that cannot be, words nobody offered; never an error."""

from collections.abc import Iterator
from itertools import product

import pytest
from django.urls import reverse

from accounts.roles import ROLES
from core.forms import ViForm
from tests.architecture.access_asking import NOT_FOUND, Asker, addresses, fingerprint
from tests.architecture.access_pages import PAGES
from tests.architecture.access_table import BELOW, FOREIGN, OWN, Page, expected
from tests.architecture.access_world import ANONYMOUS, World, hidden_from, undone

pytestmark = [pytest.mark.django_db, pytest.mark.only("postgresql")]
#: Keys that no row has, up to more than a database can hold; and texts that are no number.
NEVER_IDS = [0, 2**63 - 1, 2**63, 10**400]
NO_IDS = ["-1", "1.0", "１２", "١", "1%00", "%00", "1;2", "null", "..", "1e3"]
HOSTILE = ["\x00", "9" * 5000, "9" * 30, "-１٢'\";--<script>%s[]{}1e9"]
#: Every word that our pages read from an address or a form by itself; forms know their own fields.
WORDS = [
    "award", "bang", "campaign", "chieu", "co-mat-1", "co-quan", "council", "danh-hieu", "doi", "doi-tuong-q",
    "don-vi", "don-vi-q", "dong", "duoi", "han", "ho-so", "item", "lay-theo", "loai", "loc", "ly-do", "ly-do-1",
    "mau", "mo", "mot", "muc", "nam", "next", "ngay", "nguoi", "note", "o", "people", "person", "phoi", "phong-trao",
    "q", "role", "so", "so-dong", "tat-ca", "tinh-trang", "to-trinh", "trang", "trang-thai", "unit", "units", "user",
    "vai-tro-q", "ve", "version", "viec", "xac-nhan", "xem", "xep", "y-kien-1",
]  # fmt: skip


def allowed(page: Page, place: str = OWN) -> str:
    """A role that is let in; the first one in the table."""
    return next((code for code, role in ROLES.items() if expected(page, role, place) == 200), "")


def once() -> list[Page]:
    """One page for each address that some role may open."""
    return list({page.name: page for page in PAGES if allowed(page)}.values())


def nested() -> Iterator[Page]:
    """Pages whose address names a parent and a child."""
    for page in PAGES:
        if page.kind and "<int:" in _route(page.name).replace("<int:pk>", ""):
            yield page


def _route(name: str) -> str:
    return next(str(row.pattern) for known, row in addresses() if known == name)


def test_a_child_is_not_found_under_another_parent(world: World, asker: Asker):
    wrong, pages = [], list(nested())
    for page, child in product(pages, (BELOW, FOREIGN)):
        own = world.addresses[page.kind, OWN]
        strange = {**own, **{name: value for name, value in world.addresses[page.kind, child].items() if name != "pk"}}
        assert strange != own
        for method in page.methods:
            answer = asker.ask(allowed(page), reverse(page.name, kwargs={**strange, **page.args}), method)
            if answer.status != 404 or answer.written or NOT_FOUND not in answer.text:
                wrong.append(f"{method} {page} {child}: {answer}")
    assert len(pages) >= 10
    assert not wrong, "\n".join(wrong)


def test_ids_that_cannot_be_are_not_found(world: World, asker: Asker):
    wrong = []
    for page, number in product([page for page in once() if page.kind], NEVER_IDS):
        for name in world.addresses[page.kind, OWN]:
            kwargs = {**world.addresses[page.kind, OWN], **page.args, name: number}
            address = reverse(page.name, kwargs=kwargs)
            answer = asker.ask(allowed(page), address, page.methods[-1], htmx=True)
            if answer.status != 404 or answer.written:
                wrong.append(f"{page} {name}={str(number)[:40]}: {answer}")
    assert not wrong, "\n".join(wrong)


def test_what_is_no_number_is_no_address(world: World, asker: Asker):
    wrong = []
    for text in NO_IDS:
        for start, end in (
            ("/ho-so/", "/"),
            ("/dang-ky/", "/o/"),
            ("/phien-hop/", "/ho-so/1/"),
            ("/tai-lieu/", "/xem/"),
        ):
            answer = asker.ask("office_lead", f"{start}{text}{end}", htmx=True)
            wrong += [f"{start}{text}{end}: {answer}"] if answer.status != 404 else []
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_no_word_of_an_address_breaks_a_page(hostile: str, world: World, asker: Asker):
    wrong = []
    for page in once():
        if "GET" in page.methods and not page.slow:
            who = allowed(page)
            answer = asker.ask(who, world.address(page, OWN), "GET", dict.fromkeys(WORDS, hostile), htmx=True)
            if answer.status >= 500 or answer.written:
                wrong.append(f"{who} {page}: {answer}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_no_word_of_a_form_breaks_a_page(hostile: str, world: World, asker: Asker):
    wrong, before = [], fingerprint()
    data = dict.fromkeys([*WORDS, *form_fields()], hostile)
    for page in once():
        if "POST" in page.methods:
            who = allowed(page)
            with undone():
                answer = asker.ask(who, world.address(page, OWN), "POST", data, htmx=True)
            if answer.status >= 500:
                wrong.append(f"{who} {page}: {answer}")
    assert not wrong, "\n".join(wrong)
    assert fingerprint() == before


def form_fields() -> set[str]:
    """Names of the fields of all our forms."""
    found, waiting = set(), [ViForm]
    while waiting:
        form = waiting.pop()
        waiting.extend(form.__subclasses__())
        found |= set(form.base_fields)
    return found


def test_foreign_ids_in_filters_show_nothing(world: World, asker: Asker):
    foreign = {
        "don-vi": world.units[FOREIGN].pk, "mo": world.units[FOREIGN].pk,
        "to-trinh": world.subjects["submission", FOREIGN].pk,
        "phong-trao": world.subjects["campaign", FOREIGN].pk, "dong": world.subjects["line", FOREIGN].pk, "duoi": "1",
        "people": world.subjects["person", FOREIGN].pk, "muc": world.addresses["item", FOREIGN]["item"], "q": "zqf",
    }  # fmt: skip
    wrong = []
    for who, page in product(("office_lead", "unit_head", "council_secretary", "clerk", "admin", "person"), once()):
        if "GET" in page.methods and not page.slow and expected(page, ROLES[who], OWN) == 200:
            answer = asker.ask(who, world.address(page, OWN), "GET", foreign, htmx=True)
            told = hidden_from(ROLES[who]).findall(answer.everything())
            wrong += [f"{who} {page}: {answer} tells {set(told)}"] if told else []
    assert not wrong, "\n".join(wrong)


def test_an_anonymous_visitor_breaks_no_public_page(asker: Asker):
    for name, hostile in product(("documents:verify", "awards:open_notices", "decisions:register"), HOSTILE):
        answer = asker.ask(ANONYMOUS, reverse(name), "GET", dict.fromkeys([*WORDS, "ma"], hostile))
        assert answer.status < 500, (name, hostile[:20])
