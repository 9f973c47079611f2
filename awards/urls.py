"""Addresses of awards."""

from django.urls import path

from awards.views import discoveries, discovery_export, exports, lines, nominations, notices, reviews, submissions

app_name = "awards"
urlpatterns = [
    path("ho-so/", submissions.submission_list, name="submission_list"),
    path("ho-so/moi/", submissions.submission_new, name="submission_new"),
    path("ho-so/<int:pk>/", submissions.submission, name="submission"),
    path("ho-so/<int:pk>/trich-yeu/", submissions.submission_edit, name="submission_edit"),
    path("ho-so/<int:pk>/xoa/", submissions.submission_discard, name="submission_discard"),
    path("ho-so/<int:pk>/tep/", submissions.submission_file, name="submission_file"),
    path("ho-so/<int:pk>/tep/<int:file>/go/", submissions.submission_file_remove, name="submission_file_remove"),
    path("ho-so/<int:pk>/to-trinh.docx", exports.submission_word, name="submission_word"),
    path("ho-so/<int:pk>/to-trinh.pdf", exports.submission_pdf, name="submission_pdf"),
    path("ho-so/<int:pk>/ca-nhan/", lines.people_add, name="people_add"),
    path("ho-so/<int:pk>/tap-the/", lines.collectives_add, name="collectives_add"),
    path("ho-so/<int:pk>/lay-dang-ky/", lines.registration_take, name="registration_take"),
    path("ho-so/<int:pk>/kiem-tra/", submissions.submission_check, name="submission_check"),
    path("ho-so/<int:pk>/gui/", submissions.submission_send, name="submission_send"),
    path("ho-so/<int:pk>/bien-nhan/", submissions.submission_receipt, name="submission_receipt"),
    path("ho-so/dong/<int:pk>/", nominations.nomination, name="nomination"),
    path("ho-so/dong/<int:pk>/phieu-tham-dinh.pdf", exports.appraisal_pdf, name="appraisal_pdf"),
    path("ho-so/dong/<int:pk>/sua/", lines.line_edit, name="line_edit"),
    path("ho-so/dong/<int:pk>/bo/", lines.line_remove, name="line_remove"),
    path("ho-so/dong/<int:pk>/tep/", lines.line_file, name="line_file"),
    path("ho-so/dong/<int:pk>/tep/<int:file>/go/", lines.line_file_remove, name="line_file_remove"),
    path("ho-so/dong/<int:pk>/trao-doi/", nominations.remark, name="remark"),
    path("ho-so/dong/<int:pk>/phieu-tra-lai/<int:slip>/", nominations.return_slip, name="return_slip"),
    path("ho-so/dong/<int:pk>/ghi-de/", nominations.nomination_override, name="nomination_override"),
    path("ho-so/dong/<int:pk>/don-vi/<slug:step>/", nominations.nomination_unit, name="nomination_unit"),
    path("ho-so/dong/<int:pk>/tham-dinh/<slug:step>/", nominations.nomination_move, name="nomination_move"),
    path("sap-du-dieu-kien/", discoveries.discovery_list, name="discovery_list"),
    path("sap-du-dieu-kien/viec/", discoveries.discovery_act, name="discovery_act"),
    path("sap-du-dieu-kien/xuat-excel/", discovery_export.discovery_export, name="discovery_export"),
    path("tham-dinh/", reviews.review_queue, name="review_queue"),
    path("tham-dinh/nhieu-ho-so/", reviews.review_bulk, name="review_bulk"),
    path("tham-dinh/xuat-excel/", exports.review_export, name="review_export"),
    path("tham-dinh/lay-y-kien/", notices.notice_list, name="notice_list"),
    path("tham-dinh/lay-y-kien/moi/", notices.notice_new, name="notice_new"),
    path("tham-dinh/lay-y-kien/<int:pk>/", notices.notice, name="notice"),
    path("lay-y-kien/", notices.open_notices, name="open_notices"),
    path("lay-y-kien/<int:pk>/", notices.open_notice, name="open_notice"),
]
