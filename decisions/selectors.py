"""What of decisions a user may see, and what a new draft can take up."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from awards.models import Nomination
from awards.states import NominationState
from core import journal
from core.models import Event, Job
from core.vietnamese import search_key
from council.models import Session
from council.states import SessionState
from decisions.models import Certificate, Decision, DecisionLine, FundEntry, Mismatch, Payment, Recheck, Recovery
from decisions.models.decision import OUT, naming, readable_by
from decisions.states import OPEN, DecisionKind, DecisionState
from documents.models import Document, IssuedNumber, WordTemplate
from documents.states import Standing
from rulebook import catalogue
from units.models import Posting, Unit
from units.selectors import units_visible_to, users_covering

#: Kind of the series of numbers of decisions.
SERIES = "decision"
#: States in which a decision still holds its lines.
LIVE = (
    DecisionState.DRAFT,
    DecisionState.NUMBERED,
    DecisionState.AWAITING,
    DecisionState.SIGNED,
    DecisionState.ISSUED,
)


def decisions_visible_to(user: User) -> QuerySet[Decision]:
    """What `user` works on, and what is out and names someone of the user's units."""
    return Decision.objects.filter(readable_by(user)).select_related("unit", "signer", "campaign")


def with_totals(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Adds `people` and `collectives`, the numbers of recipients."""
    return decisions.annotate(
        people=Count("lines", filter=Q(lines__person__isnull=False)),
        collectives=Count("lines", filter=Q(lines__collective__isnull=False)),
    )


def drafts_first(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Adds `unnumbered`, by which what still waits for its number stands above the newest numbers."""
    return decisions.annotate(unnumbered=ExpressionWrapper(Q(number=None), output_field=BooleanField()))


def lines_of(decision: Decision) -> QuerySet[DecisionLine]:
    """The recipients in the order of the paper."""
    return decision.lines.select_related("person", "collective", "certificate", "target", "standing_by").order_by(
        "order", "id"
    )


def issued_register() -> QuerySet[Decision]:
    """The public register: issued decisions, replaced and revoked ones with their mark."""
    rows = with_totals(Decision.objects.filter(state__in=OUT)).prefetch_related("replaced_by")
    return rows.order_by("-dated", "-number", "-id")


def publicly_found(decisions: QuerySet[Decision], typed: str) -> QuerySet[Decision]:
    """Decisions of the public register with these words; one that names an individual answers to its number alone,
    so that nobody learns of a person by typing a name.
    """
    key = search_key(typed)
    hidden = Exists(naming(DecisionLine.objects.filter(decision=OuterRef("pk"))))
    return decisions.filter(search_key__contains=key).exclude(hidden & ~Q(search_key__startswith=key))


def certificates_visible_to(user: User) -> QuerySet[Certificate]:
    """Certificates of the bodies where `user` may print."""
    units = units_visible_to(user, Permission.CERTIFICATE_PRINT)
    return Certificate.objects.filter(line__decision__unit__in=units).select_related("line__decision", "line__target")


def sessions_to_decide(user: User) -> QuerySet[Session]:
    """Minuted or closed sessions with passed lines that no live decision has taken up yet."""
    units = units_visible_to(user, Permission.DECISION_DRAFT)
    open_lines = undecided().values("agenda_items__session")
    return (
        Session.objects.filter(
            council__unit__in=units, state__in=[SessionState.CLOSED, SessionState.MINUTED], pk__in=open_lines
        )
        .select_related("council")
        .order_by("-held_at", "-id")
    )


def undecided() -> QuerySet[Nomination]:
    """Passed lines for awards the sector decides that no live decision holds."""
    held = DecisionLine.objects.filter(nomination__isnull=False, decision__state__in=LIVE).values("nomination")
    sector = [code for code, award in catalogue.awards().items() if award.sector_decides]
    return Nomination.objects.filter(state=NominationState.PASSED, award__in=sector).exclude(pk__in=held)


def undecided_of(session: Session) -> QuerySet[Nomination]:
    """The undecided lines of one session, in the law's order of awards, then by unit and name."""
    return (
        undecided()
        .filter(agenda_items__session=session)
        .select_related("person", "collective", "submission__unit")
        .order_by("submission__unit__sort_key", "sort_key", "id")
    )


def signers_of(unit: Unit) -> QuerySet[User]:
    """Who may sign for `unit`: holders of the right on it or above it."""
    return users_covering(Permission.DECISION_SIGN, unit).order_by("full_name", "id")


def head_post(unit: Unit, day: date) -> str:
    """The post of the unit's head on `day`, empty when nobody is recorded as head."""
    running = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))
    found = Posting.objects.filter(running, unit=unit, is_head=True).order_by("-valid_from", "id").first()
    return found.post if found else ""


def post_of(user: User, day: date) -> Posting | None:
    """The posting of the person behind an account on `day`."""
    person = getattr(user, "person", None)
    return person.posting_on(day) if person else None


def waiting_for(user: User) -> QuerySet[Decision]:
    """Decisions whose next step is `user`'s: to number, to send, to sign, to issue."""
    clerk = units_visible_to(user, Permission.DECISION_NUMBER)
    to_do = [DecisionState.DRAFT, DecisionState.NUMBERED, DecisionState.SIGNED]
    mine = Q(unit__in=clerk, state__in=to_do) | Q(signer=user, state=DecisionState.AWAITING)
    return Decision.objects.filter(mine).exclude(Q(signer=user) & ~Q(state=DecisionState.AWAITING)).order_by("pk")


def waiting_count(user: User) -> int:
    """The number in the menu."""
    return waiting_for(user).count()


def documents_of(decision: Decision) -> dict[str, Document]:
    """The current paper of each kind; the file that waits for a signature is none."""
    return {row.kind: row for row in decision.documents.filter(is_current=True, is_draft=False).order_by("id")}


def prints(decision: Decision) -> bool:
    """Does something of the decision go on certificates? A revocation prints none."""
    if decision.kind == DecisionKind.REVOCATION:
        return False
    return any(catalogue.award(code).printed for code in awards_of(decision))


def awards_of(decision: Decision) -> list[str]:
    """The codes of the awards that stand in it."""
    return list(decision.lines.order_by().values_list("award", flat=True).distinct())


def sent_back(decision: Decision) -> Event | None:
    """The signer's return or the clerk's recall with its reason, until the decision is sent to the signer again."""
    if decision.state not in OPEN:
        return None
    back = {"decision.send_back", "decision.recall"}
    last = journal.history_of(decision).filter(kind__in={"decision.send_to_sign", *back}).first()
    return last if last and last.kind in back else None


def jobs_of(decision: Decision) -> list[Job]:
    """The newest rendering of each paper, with the parts' progress."""
    newest: dict[str, Job] = {}
    for row in _jobs_about(decision, "decisions.merge").order_by("pk"):
        newest[row.payload["kind"]] = row
    return list(newest.values())


def signing_job_of(decision: Decision) -> Job | None:
    """The newest making of digital signatures with keys on the server."""
    return _jobs_about(decision, "decisions.sign_paper").order_by("-pk").first()


def _jobs_about(decision: Decision, kind: str) -> QuerySet[Job]:
    about = ContentType.objects.get_for_model(Decision)
    return Job.objects.filter(subject_type=about, subject_id=str(decision.pk), parent=None, kind=kind)


def word_templates_visible_to(user: User) -> QuerySet[WordTemplate]:
    """Word templates of the units where `user` drafts decisions, the newest first."""
    units = units_visible_to(user, Permission.DECISION_DRAFT)
    kind = ContentType.objects.get_for_model(Unit)
    rows = WordTemplate.objects.filter(subject_type=kind, subject_id__in=units.values("pk"))
    return rows.select_related("created_by").prefetch_related("subject").order_by("kind", "-valid_from", "-id")


def template_units(user: User) -> QuerySet[Unit]:
    """The units for which `user` may put a Word template in use."""
    return policy.granted_scopes(user, Permission.DECISION_DRAFT, Unit).order_by("sort_key")


def totals(decision: Decision) -> dict[str, int]:
    """Recipients and money of a decision."""
    return decision.lines.aggregate(
        people=Count("person"), collectives=Count("collective"), money=Coalesce(Sum("payable"), 0)
    )


def found_by(
    rows: QuerySet[Any], typed: str, *, line: str = "line__", decision: str = "line__decision__"
) -> QuerySet[Any]:
    """Rows whose recipient or decision holds every word typed; `line` and `decision` lead there from a row."""
    places = [f"{line}person__search_key", f"{line}collective__search_key", f"{decision}search_key"]
    for word in search_key(typed).split():
        rows = rows.filter(reduce(or_, (Q(**{f"{place}__contains": word}) for place in places)))
    return rows


def recoveries_visible_to(user: User) -> QuerySet[Recovery]:
    """What is to come back to bodies where `user` records it."""
    units = units_visible_to(user, Permission.RECOVERY_RECORD)
    return Recovery.objects.filter(decision__unit__in=units).select_related("line", "decision")


def still_open(recoveries: QuerySet[Recovery]) -> QuerySet[Recovery]:
    """Where money or item has not come back yet."""
    return recoveries.filter(Q(money_due__gt=0, money_on=None) | Q(item_due=True, item_on=None))


def rechecks_visible_to(user: User) -> QuerySet[Recheck]:
    """What is to be looked at again after revocations by bodies where `user` drafts decisions."""
    units = units_visible_to(user, Permission.DECISION_DRAFT)
    related = ("line__standing_by", "grant", "nomination", "settled_by")
    return Recheck.objects.filter(line__standing_by__unit__in=units).select_related(*related)


def mismatches_visible_to(user: User) -> QuerySet[Mismatch]:
    """Differences of bodies where `user` drafts, and of honours of their units that no decision names."""
    units = units_visible_to(user, Permission.DECISION_DRAFT)
    return Mismatch.objects.filter(unit__in=units, gone_at=None).select_related("decision")


def lines_to_correct(user: User) -> QuerySet[DecisionLine]:
    """Lines of corrections in draft, whose printed words `user` may set."""
    units = units_visible_to(user, Permission.DECISION_DRAFT)
    drafts = {"decision__kind": DecisionKind.CORRECTION, "decision__state__in": OPEN}
    return DecisionLine.objects.filter(decision__unit__in=units, **drafts).select_related("decision__unit", "target")


def standing_lines(decision: Decision) -> QuerySet[DecisionLine]:
    """The lines of a decision that can be taken back or set right, in the order of the paper."""
    return lines_of(decision).filter(standing=Standing.IN_FORCE, changes=None)


def payments_visible_to(user: User) -> QuerySet[Payment]:
    """Bonuses paid by bodies where `user` records payments."""
    units = units_visible_to(user, Permission.PAYMENT_RECORD)
    return Payment.objects.filter(line__decision__unit__in=units).select_related("line__decision", "unit")


def funds_visible_to(user: User) -> QuerySet[Unit]:
    """Bodies that decide, and so have a fund, where `user` records payments."""
    units = units_visible_to(user, Permission.PAYMENT_RECORD)
    return units.exclude(issuing_code="").order_by("sort_key", "pk")


def fund_entries_visible_to(user: User) -> QuerySet[FundEntry]:
    """Movements of those funds, newest first, struck ones included."""
    units = units_visible_to(user, Permission.PAYMENT_RECORD)
    return FundEntry.objects.filter(unit__in=units).select_related("unit", "by").order_by("-on", "-pk")


def bodies_numbering(user: User) -> QuerySet[Unit]:
    """Bodies whose numbers `user` gives."""
    units = units_visible_to(user, Permission.DECISION_NUMBER)
    return units.exclude(issuing_code="").order_by("sort_key", "pk")


def numbers_visible_to(user: User) -> QuerySet[IssuedNumber]:
    """The numbers of the registers of those bodies."""
    codes = bodies_numbering(user).values("code")
    rows = IssuedNumber.objects.filter(series__kind=SERIES, series__body__in=codes)
    return rows.select_related("series", "by").order_by("-number")
