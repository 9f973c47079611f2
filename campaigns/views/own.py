"""What a person registers for oneself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import requires
from accounts.permissions import Permission
from campaigns import selectors
from campaigns.forms import OwnForm
from campaigns.models import Campaign
from campaigns.selectors.own import own_page
from campaigns.services.own import Proposal, register_own
from campaigns.views.asking import submitted
from units.models import Person


@requires(Permission.OWN_REGISTRATION)
def own(request: HttpRequest) -> HttpResponse:
    """Titles and commitment in the running campaign, and what the head answered."""
    person = Person.objects.filter(user=request.user).first()
    if person is None:
        return render(request, "campaigns/own.html", {"page": None})
    today = timezone.localdate()
    campaigns = selectors.running_campaigns_of(person, today)
    wanted = request.GET.get("phong-trao", "")
    campaign = next((row for row in campaigns if str(row.pk) == wanted), campaigns[0] if campaigns else None)
    page = own_page(person, campaign, today)
    form = OwnForm(request.POST or None, awards=page.awards, initial=page.initial)
    if campaign and submitted(request, form, lambda: _register(request, person, campaign, form)):
        messages.success(request, "Đã gửi đăng ký của đồng chí tới thủ trưởng đơn vị.")
        return redirect(request.get_full_path())
    context = {"page": page, "form": form, "campaigns": campaigns}
    return render(request, "campaigns/own.html", context, status=422 if form.errors else 200)


def _register(request: HttpRequest, person: Person, campaign: Campaign, form: OwnForm) -> Proposal:
    return register_own(person=person, campaign=campaign, by=request.user, at=timezone.now(), **form.cleaned_data)
