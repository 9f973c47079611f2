"""The words of one certificate."""

from django import forms

from core.forms import ViForm


class WordsForm(ViForm):
    """Empty or unchanged means: as in the decision."""

    name = forms.CharField(label="Họ tên, tên tập thể", max_length=250)
    detail = forms.CharField(label="Chức vụ, đơn vị", max_length=520, required=False)
    achievement = forms.CharField(label="Thành tích", max_length=300, widget=forms.Textarea({"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput)
