"""Addresses of decisions, certificates and the public register."""

from django.urls import path

from decisions.views import certificates, decisions, reversals, signing, word

app_name = "decisions"
urlpatterns = [
    path("quyet-dinh/", decisions.decision_list, name="decision_list"),
    path("quyet-dinh/soan/<int:pk>/", decisions.decision_new, name="decision_new"),
    path("quyet-dinh/<int:pk>/", decisions.decision, name="decision"),
    path("quyet-dinh/<int:pk>/sua/", decisions.decision_edit, name="decision_edit"),
    path("quyet-dinh/<int:pk>/cap-so/", decisions.decision_number, name="decision_number"),
    path("quyet-dinh/<int:pk>/trinh-ky/", decisions.decision_send_to_sign, name="decision_send_to_sign"),
    path("quyet-dinh/<int:pk>/ky/", decisions.decision_sign, name="decision_sign"),
    path("quyet-dinh/<int:pk>/tra-lai/", decisions.decision_send_back, name="decision_send_back"),
    path("quyet-dinh/<int:pk>/ban-hanh/", decisions.decision_issue, name="decision_issue"),
    path("quyet-dinh/<int:pk>/dung/", decisions.decision_render, name="decision_render"),
    path("quyet-dinh/<int:pk>/xem-truoc/", decisions.decision_preview, name="decision_preview"),
    path("quyet-dinh/<int:pk>/ky-so/", signing.sign_here, name="sign_here"),
    path("quyet-dinh/<int:pk>/ban-cho-ky/", signing.prepare, name="sign_prepare"),
    path("quyet-dinh/<int:pk>/nop-ban-da-ky/", signing.take_signed, name="sign_upload"),
    path("quyet-dinh/<int:pk>/ky-so-co-quan/", signing.seal, name="sign_agency"),
    path("quyet-dinh/<int:pk>/chu-ky-so/", signing.signatures, name="signatures"),
    path("quyet-dinh/<int:pk>/word/", word.decision_word, name="decision_word"),
    path("quyet-dinh/<int:pk>/word/danh-sach/", word.list_word, name="list_word"),
    path("mau-word/", word.template_list, name="word_templates"),
    path("mau-word/them/", word.template_add, name="word_template_add"),
    path("mau-word/<int:pk>/", word.template_file, name="word_template"),
    path("mau-word/<int:pk>/ngung/", word.template_withdraw, name="word_template_withdraw"),
    path("mau-word/co-san/<str:kind>/", word.template_own, name="word_template_own"),
    path("mau-word/truong/<str:kind>/", word.template_fields, name="word_fields"),
    path("in-bang/", certificates.certificate_list, name="certificate_list"),
    path("in-bang/ghi/", certificates.certificate_mark, name="certificate_mark"),
    path("in-bang/<int:pk>/", certificates.certificate_file, name="certificate_file"),
    path("quyet-dinh/<int:pk>/huy-bo/", reversals.decision_revoke, name="decision_revoke"),
    path("quyet-dinh/<int:pk>/dinh-chinh/", reversals.decision_correct, name="decision_correct"),
    path("quyet-dinh/<int:pk>/xoa/", reversals.decision_discard, name="decision_discard"),
    path("quyet-dinh/dinh-chinh/<int:pk>/", reversals.correction_line, name="correction_line"),
    path("quyet-dinh/doi-chieu/", reversals.mismatch_list, name="mismatch_list"),
    path("thu-hoi/", reversals.recovery_list, name="recovery_list"),
    path("thu-hoi/<int:pk>/", reversals.recovery, name="recovery"),
    path("xet-lai/", reversals.recheck_list, name="recheck_list"),
    path("xet-lai/<int:pk>/", reversals.recheck, name="recheck"),
    path("so-quyet-dinh/", certificates.register, name="register"),
]
