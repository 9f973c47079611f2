"""Addresses of councils: sessions, ballots, results, members and rules."""

from django.urls import path

from council.views import agenda, ballots, charters, dossiers, invitations, results, sessions

app_name = "council"
urlpatterns = [
    path("phien-hop/", sessions.session_list, name="session_list"),
    path("phien-hop/lap/", sessions.session_new, name="session_new"),
    path("phien-hop/<int:pk>/", sessions.session, name="session"),
    path("phien-hop/<int:pk>/sua/", sessions.session_edit, name="session_edit"),
    path("phien-hop/<int:pk>/chot/", sessions.session_lock, name="session_lock"),
    path("phien-hop/<int:pk>/mo-phieu/", sessions.session_open, name="session_open"),
    path("phien-hop/<int:pk>/dong-phieu/", sessions.session_close, name="session_close"),
    path("phien-hop/<int:pk>/huy/", sessions.session_cancel, name="session_cancel"),
    path("phien-hop/<int:pk>/bien-ban/", sessions.session_minute, name="session_minute"),
    path("phien-hop/<int:pk>/giay-moi/", invitations.invitation, name="invitation"),
    path("phien-hop/<int:pk>/giay-moi/word/", invitations.invitation_word, name="invitation_word"),
    path("phien-hop/<int:pk>/them-ho-so/", agenda.agenda_add, name="agenda_add"),
    path("phien-hop/<int:pk>/them-noi-dung/", agenda.agenda_other, name="agenda_other"),
    path("phien-hop/<int:pk>/muc/<int:item>/bo/", agenda.agenda_remove, name="agenda_remove"),
    path("phien-hop/<int:pk>/co-mat/", agenda.attendance, name="attendance"),
    path("phien-hop/<int:pk>/khong-tham-gia/", agenda.recusal_add, name="recusal_add"),
    path("phien-hop/<int:pk>/khong-tham-gia/<int:recusal>/bo/", agenda.recusal_remove, name="recusal_remove"),
    path("phien-hop/<int:pk>/ho-so/<int:item>/", dossiers.dossier, name="dossier"),
    path("phien-hop/<int:pk>/ho-so/<int:item>/tep/<int:file>/", dossiers.dossier_file, name="dossier_file"),
    path("ket-qua/<int:pk>/", results.result, name="result"),
    path("ket-qua/<int:pk>/word/", results.minutes_word, name="minutes_word"),
    path("ket-qua/", results.results, name="results"),
    path("ho-so-trinh/", dossiers.agenda, name="agenda"),
    path("phieu/", ballots.my_ballots, name="my_ballots"),
    path("phieu/<int:pk>/", ballots.ballot, name="ballot"),
    path("phieu/<int:pk>/bien-nhan/", ballots.ballot_receipt, name="ballot_receipt"),
    path("hoi-dong/", charters.rules, name="rules"),
    path("hoi-dong/lap/", charters.council_new, name="council_new"),
    path("hoi-dong/<int:pk>/", charters.charter, name="charter"),
    path("hoi-dong/<int:pk>/thanh-vien/them/", charters.member_add, name="member_add"),
    path("hoi-dong/<int:pk>/thanh-vien/<int:member>/thoi/", charters.member_end, name="member_end"),
    path("hoi-dong/<int:pk>/quy-che/them/", charters.rule_add, name="rule_add"),
    path("hoi-dong/<int:pk>/quy-che/<int:rule>/het-hieu-luc/", charters.rule_end, name="rule_end"),
]
