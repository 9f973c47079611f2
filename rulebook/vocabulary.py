"""The words in which the data may state a condition: each test with the parameters it takes.

The functions stand in ``rulebook.criteria`` under the same names. A name ending in ``?`` is optional.
"""

from __future__ import annotations

TESTS: dict[str, dict[str, str]] = {
    # one year
    "rating_of_year": {"at_least": "rating"},
    "latest_rating": {"at_least": "rating"},
    "title_of_year": {"awards": "awards"},
    "initiative_of_year": {"level": "level"},
    # conduct
    "category": {"categories": "categories"},
    "no_discipline_in_year": {},
    "absent_less_than": {"months": "integer", "read_up_to": "integer"},
    "no_open_matter": {},
    # length of time
    "months_in_service": {"months": "integer"},
    "years_of_service": {"years": "integer", "below?": "integer"},
    "years_of_existence": {"years": "integer"},
    "posts_held": {"form": "award"},
    "no_discipline_in_post": {"form": "award"},
    # runs of titles and years
    "title_run": {"awards": "awards", "count": "integer"},
    "title_pair": {"awards": "awards"},
    "initiative_in_run": {"count": "integer", "level": "level"},
    "initiative_in_pair": {"awards": "awards", "level": "level"},
    "merit_run": {
        "after?": "awards",
        "years": "integer",
        "at_least": "rating",
        "or_titles?": "awards",
        "excellent_years?": "integer",
        "titles?": "titles",
        "sets?": "sets",
        "initiatives?": "initiatives",
    },
    # what was received before
    "holds": {"awards": "awards"},
    "years_since_award": {"awards": "awards", "years": "integer"},
    "never_granted": {"awards": "awards"},
    # collectives
    "everyone_completed": {},
    "share_of_members": {"of": "member_count", "share": "fraction", "over": "boolean"},
    "number_of_members": {"of": "member_count", "count": "integer"},
    "nobody_disciplined": {},
    "leads_cluster": {},
}
