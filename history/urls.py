"""Addresses of history: one person, one unit, the rule book."""

from django.urls import path

from history.views import overrides, people, rulebook, units, what_if

app_name = "history"
urlpatterns = [
    path("ca-nhan/<int:pk>/", people.person, name="person"),
    path("ho-so-cua-toi/", people.own_record, name="own_record"),
    path("don-vi/<int:pk>/", units.unit, name="unit"),
    path("quy-tac/", rulebook.rulebook, name="rulebook"),
    path("quy-tac/chung/", rulebook.common, name="rulebook_common"),
    path("quy-tac/van-ban/", rulebook.sources, name="sources"),
    path("quy-tac/muc-rieng/", overrides.overrides, name="overrides"),
    path("quy-tac/muc-rieng/moi/", overrides.override_new, name="override_new"),
    path("quy-tac/muc-rieng/<int:pk>/het-hieu-luc/", overrides.override_end, name="override_end"),
    path("quy-tac/muc-rieng/<int:pk>/rut/", overrides.override_withdraw, name="override_withdraw"),
    path("quy-tac/thu/", what_if.what_if, name="what_if"),
    path("quy-tac/thu/<slug:kind>/", what_if.what_if_other, name="what_if_other"),
    path("quy-tac/<slug:award>/", rulebook.award, name="award"),
]
