"""Decisions, their lines and the certificates that follow."""

from decisions.models.aftermath import HandOver, Mismatch, Recheck, Recovery
from decisions.models.certificate import Certificate
from decisions.models.decision import Decision, DecisionLine
from decisions.models.golden import GoldenBook
from decisions.models.money import FundEntry, Payment

__all__ = [
    "Certificate",
    "Decision",
    "DecisionLine",
    "FundEntry",
    "GoldenBook",
    "HandOver",
    "Mismatch",
    "Payment",
    "Recheck",
    "Recovery",
]
