"""The demonstration as one act: all of it or nothing."""

from datetime import date

from accounts.models import User
from accounts.services.users import system_user
from core.act import act
from kiemsat_thidua.demo import (
    aftermath,
    cast,
    council,
    decided,
    dossiers,
    nearly,
    office,
    past,
    print_room,
    record,
    registering,
    structure,
)
from kiemsat_thidua.demo.scene import Scene

PARTS = (structure, cast, record, past, registering, dossiers, council, office, decided, aftermath, print_room, nearly)


def is_built() -> bool:
    """Has the demonstration been loaded before?"""
    return User.objects.filter(is_demo=True).exists()


@act
def build(*, today: date) -> Scene:
    """Load every part in order; `today` is the day of the running year."""
    scene = Scene(today=today, system=system_user())
    for part in PARTS:
        part.build(scene)
    return scene
