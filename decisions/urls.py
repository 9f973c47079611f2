"""Addresses of decisions, certificates and the public register."""

from django.urls import path

from decisions.views import certificates, decisions, word

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
    path("so-quyet-dinh/", certificates.register, name="register"),
]
