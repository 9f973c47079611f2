"""Taking back the asking for a digital signature."""

from django import forms

from core.forms import ViForm


class WithdrawForm(ViForm):
    """Why the decision goes out signed by hand after all."""

    reason = forms.CharField(label="Lý do rút", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)
    version = forms.IntegerField(widget=forms.HiddenInput)
