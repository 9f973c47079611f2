"""What an office sets up once: keys and certificates (made on each machine, without legal force), a Word template."""

from datetime import timedelta
from io import BytesIO

from documents.services import offline, signing_demo, word, word_drawn
from documents.services.signing_keys import agency_owner
from documents.services.uploads import accept
from documents.states import WordKind
from kiemsat_thidua.demo.scene import Scene


def build(scene: Scene) -> None:
    """A key for the signer and one for the issuing body, a key for codes checked offline, one template."""
    signer, body = scene.users["nguoiky"], scene.units["toi_cao"]
    owners = {signer.username: signer.full_name, agency_owner(body.code): body.name}
    signing_demo.make_folder(owners, at=scene.ago(30))
    offline.rotate(valid_from=scene.today - timedelta(days=365), by=scene.system, at=scene.ago(30))
    file = accept(BytesIO(word_drawn.template(WordKind.DECISION)), name="Mẫu quyết định khen thưởng.docx")
    word.add(
        unit=body, kind=WordKind.DECISION, file=file, valid_from=scene.today - timedelta(days=300),
        note="Theo mẫu có sẵn, dùng chung", by=scene.users["thuongtruc"], at=scene.ago(30),
    )  # fmt: skip
