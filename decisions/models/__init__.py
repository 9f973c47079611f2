"""Decisions, their lines and the certificates that follow."""

from decisions.models.aftermath import HandOver, Mismatch, Recheck, Recovery
from decisions.models.certificate import Certificate
from decisions.models.decision import Decision, DecisionLine
from decisions.models.design import CertificateDesign
from decisions.models.money import FundEntry, Payment
from decisions.models.printer import Printer, PrinterProfile
from decisions.models.stock import Blank, PrintedSheet, PrintRun, StockKind, StockReceipt

__all__ = [
    "Blank",
    "Certificate",
    "CertificateDesign",
    "Decision",
    "DecisionLine",
    "FundEntry",
    "HandOver",
    "Mismatch",
    "Payment",
    "PrintRun",
    "PrintedSheet",
    "Printer",
    "PrinterProfile",
    "Recheck",
    "Recovery",
    "StockKind",
    "StockReceipt",
]
