"""A template asks the same question as a view."""

import pytest
from django.template import Context, Template

from accounts.permissions import Permission

ASK = '{% can "unit_edit" subject as ok %}{{ ok|yesno:"có,không" }}'


def asked(template: str, **context: object) -> str:
    return Template(template).render(Context(context))


def test_a_right_is_asked_on_the_subject(minh, assign, make_user, province, region) -> None:
    admin = assign(make_user("quantri"), "admin", province)
    assert asked(ASK, user=admin, subject=region) == "có"
    assert asked(ASK, user=minh, subject=region) == "không"


def test_without_a_subject_the_right_may_be_held_anywhere(lan, nam) -> None:
    template = '{% can "registration_send" as ok %}{{ ok|yesno:"có,không" }}'
    assert asked(template, user=nam) == "có"
    assert asked(template, user=lan) == "không"


def test_a_misspelt_right_is_a_mistake_not_a_refusal(lan) -> None:
    with pytest.raises(ValueError, match="unit_fly"):
        asked('{% can "unit_fly" as ok %}', user=lan)
    assert Permission("unit_edit") is Permission.UNIT_EDIT
