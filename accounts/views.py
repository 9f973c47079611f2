"""First sign-in with an activation code."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import public
from accounts.forms import ActivationForm
from accounts.services import users


@public
def activate(request: HttpRequest) -> HttpResponse:
    """Set the first password with the code handed over by an administrator."""
    form = ActivationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _activated(form):
        messages.success(request, "Đã đặt mật khẩu. Đồng chí đăng nhập để bắt đầu.")
        return redirect("account_login")
    return render(request, "account/activate.html", {"form": form}, status=422 if form.errors else 200)


def _activated(form: ActivationForm) -> bool:
    try:
        users.activate(code=form.cleaned_data["code"], password=form.cleaned_data["password"], at=timezone.now())
    except users.BadCode as reason:
        form.add_error("code", str(reason))
    except ValidationError as weak:
        form.add_error("password", weak)
    return not form.errors
