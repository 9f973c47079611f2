"""Submissions, nomination lines, their review and public notice."""

from awards.models.nomination import Evidence, Nomination, Stage
from awards.models.notice import Notice, NoticeItem
from awards.models.review import OpinionRequest, Remark
from awards.models.submission import Submission

__all__ = ["Evidence", "Nomination", "Notice", "NoticeItem", "OpinionRequest", "Remark", "Stage", "Submission"]
