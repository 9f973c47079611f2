"""The one door other apps use: everything the book can answer, under the names of the contract."""

from __future__ import annotations

from rulebook.asking import Override, law_on
from rulebook.authority import Authority, authority
from rulebook.findings import Finding, ForPeople, Verdict
from rulebook.judging import judge, judge_all
from rulebook.law import Law
from rulebook.money import MoneyResult, money
from rulebook.notice import NoticeResult, earliest_close, notice
from rulebook.quota import QuotaResult, quota
from rulebook.regimes import governing_day, regime, transition
from rulebook.thresholds import VoteResult, VoteRule, vote, vote_rule

__all__ = [
    "Authority",
    "Finding",
    "ForPeople",
    "Law",
    "MoneyResult",
    "NoticeResult",
    "Override",
    "QuotaResult",
    "Verdict",
    "VoteResult",
    "VoteRule",
    "authority",
    "earliest_close",
    "governing_day",
    "judge",
    "judge_all",
    "law_on",
    "money",
    "notice",
    "quota",
    "regime",
    "transition",
    "vote",
    "vote_rule",
]
