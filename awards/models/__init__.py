"""Submissions, nomination lines, their review and public notice."""

from awards.models.evidence import Evidence
from awards.models.nomination import Nomination, Stage
from awards.models.notice import Notice, NoticeItem
from awards.models.review import OpinionRequest, Remark, Return
from awards.models.submission import Submission

__all__ = [
    "Evidence",
    "Nomination",
    "Notice",
    "NoticeItem",
    "OpinionRequest",
    "Remark",
    "Return",
    "Stage",
    "Submission",
]
