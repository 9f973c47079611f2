"""Signing in and out. Only these of allauth's pages exist: no sign-up, no e-mail pages."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa_base
from allauth.mfa.recovery_codes import views as mfa_codes
from allauth.mfa.totp import views as mfa_totp
from django.urls import path

from accounts import views

urlpatterns = [
    path("kich-hoat/", views.activate, name="account_activate"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", mfa_base.index, name="mfa_index"),
    path("2fa/authenticate/", mfa_base.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", mfa_base.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/trust/", mfa_base.trust, name="mfa_trust"),
    path("2fa/totp/activate/", mfa_totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", mfa_totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", mfa_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", mfa_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", mfa_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
