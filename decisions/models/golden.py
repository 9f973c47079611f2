"""Sổ vàng: the register of honoured names of one body, award and year."""

from django.db import models

from rulebook.catalogue import award_choices


class GoldenBook(models.Model):
    """One register; all numbers up to `last` are given. A number is drawn with the signature, never before."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="golden_books")
    award = models.CharField("Danh hiệu, hình thức", max_length=60, choices=award_choices)
    year = models.PositiveSmallIntegerField("Năm ban hành")
    last = models.PositiveIntegerField("Số cuối", default=0)

    class Meta:
        verbose_name = "sổ vàng"
        verbose_name_plural = "sổ vàng"
        constraints = [models.UniqueConstraint(fields=["unit", "award", "year"], name="one_golden_book_a_year")]

    def __str__(self) -> str:
        return f"Sổ vàng {self.get_award_display()} {self.year}"
