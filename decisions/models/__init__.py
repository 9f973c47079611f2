"""Decisions, their lines and the certificates that follow."""

from decisions.models.certificate import Certificate
from decisions.models.decision import Decision, DecisionLine

__all__ = ["Certificate", "Decision", "DecisionLine"]
