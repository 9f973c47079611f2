"""Addresses of campaigns and registrations."""

from django.urls import path, register_converter

from campaigns.views import campaigns, grid, own, registrations, sending


class Step:
    """One word of a fixed list."""

    regex = ""

    def to_python(self, value: str) -> str:
        """As written."""
        return value

    def to_url(self, value: str) -> str:
        """As written."""
        return value


class CampaignStep(Step):
    """What can be done to a campaign."""

    regex = "phat-dong|ket-thuc|tong-ket"


class AnswerStep(Step):
    """What the office can answer to a registration."""

    regex = "tiep-nhan|tra-lai|mo-lai|khoa"


class LineStep(Step):
    """What the head can answer to a person's proposal."""

    regex = "xac-nhan|tra-lai"


register_converter(CampaignStep, "campaign_step")
register_converter(AnswerStep, "answer_step")
register_converter(LineStep, "line_step")

app_name = "campaigns"
urlpatterns = [
    path("phong-trao/", campaigns.campaign_list, name="campaign_list"),
    path("phong-trao/moi/", campaigns.campaign_new, name="campaign_new"),
    path("phong-trao/<int:pk>/", campaigns.campaign, name="campaign"),
    path("phong-trao/<int:pk>/sua/", campaigns.campaign_edit, name="campaign_edit"),
    path("phong-trao/<int:pk>/gia-han/", campaigns.campaign_extend, name="campaign_extend"),
    path("phong-trao/<int:pk>/<campaign_step:step>/", campaigns.campaign_move, name="campaign_move"),
    path("dang-ky/", registrations.registration_list, name="registration_list"),
    path("dang-ky/mo/", registrations.registration_open, name="registration_open"),
    path("dang-ky/cua-toi/", own.own, name="own"),
    path("dang-ky/<int:pk>/", grid.registration, name="registration"),
    path("dang-ky/<int:pk>/o/", grid.registration_cell, name="registration_cell"),
    path("dang-ky/<int:pk>/dien/", grid.registration_fill, name="registration_fill"),
    path("dang-ky/<int:pk>/dieu-kien/<int:person>/", grid.registration_verdict, name="registration_verdict"),
    path("dang-ky/<int:pk>/chi-tieu/", grid.registration_targets, name="registration_targets"),
    path("dang-ky/<int:pk>/kiem-tra/", sending.registration_check, name="registration_check"),
    path("dang-ky/<int:pk>/gui/", sending.registration_send, name="registration_send"),
    path("dang-ky/<int:pk>/bien-nhan/", sending.registration_receipt, name="registration_receipt"),
    path("dang-ky/<int:pk>/de-nghi-mo-lai/", registrations.registration_ask, name="registration_ask"),
    path("dang-ky/<int:pk>/<answer_step:step>/", registrations.registration_answer, name="registration_answer"),
    path("dang-ky/dong/<int:pk>/<line_step:step>/", sending.registration_line, name="registration_line"),
]
