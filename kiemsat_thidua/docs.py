"""The pages of docs/ that are written from the code: workflows, roles, the rule book's values."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.permissions import Permission
from accounts.roles import ROLES
from core.workflow import Move
from rulebook import catalogue
from rulebook.book import load
from rulebook.wording import words

HEADER = "<!-- Written by `manage.py write_docs`; a test fails when it is stale. Do not edit. -->\n\n"
#: Page name -> title, table of moves, choices of the states.
WORKFLOWS = {
    "campaign": ("Phong trào", "campaigns.workflow.CAMPAIGN_MOVES", "campaigns.states.CampaignState"),
    "registration": ("Bản đăng ký thi đua", "campaigns.workflow.MOVES", "campaigns.states.RegistrationState"),
    "nomination": ("Hồ sơ đề nghị", "awards.workflow.MOVES", "awards.states.NominationState"),
    "session": ("Phiên họp Hội đồng", "council.workflow.MOVES", "council.states.SessionState"),
    "decision": ("Quyết định", "decisions.workflow.MOVES", "decisions.states.DecisionState"),
    "certificate": ("Bằng", "decisions.workflow.CERTIFICATE_MOVES", "decisions.states.CertificateState"),
    "discovery": ("Gợi ý khen thưởng", "history.workflow.DISCOVERY_MOVES", "history.states.DiscoveryState"),
    "grant": ("Lượt khen thưởng", "history.workflow.MOVES", "history.states.GrantState"),
}


def pages() -> dict[Path, str]:
    """Every written page and what it should hold."""
    folder = Path(settings.BASE_DIR) / "docs"
    found = {folder / "workflows" / f"{name}.md": _workflow(*spec) for name, spec in WORKFLOWS.items()}
    found[folder / "roles.md"] = _roles()
    found[folder / "rulebook.md"] = _rulebook()
    return found


def _workflow(title: str, table: str, states: str) -> str:
    moves: Mapping[str, Move] = import_string(table)
    labels = dict(import_string(states).choices)
    lines = [f"# {title}\n", "```mermaid", "stateDiagram-v2"]
    lines += [f"    {code}: {label}" for code, label in labels.items()]
    for move in moves.values():
        lines += [f"    {source} --> {move.target}: {move.label}" for source in sorted(move.source)]
    lines += ["```\n", "| Bước | Từ | Đến | Quyền | Điều kiện |", "| --- | --- | --- | --- | --- |"]
    for move in moves.values():
        source = ", ".join(labels[code] for code in sorted(move.source))
        guards = "<br>".join(_sentence(guard.__doc__) for guard in move.guards)
        lines.append(f"| {move.label} | {source} | {labels[move.target]} | {move.permission.label} | {guards} |")
    return HEADER + "\n".join(lines) + "\n"


def _roles() -> str:
    lines = ["# Vai trò và quyền\n"]
    for role in ROLES.values():
        lines += [f"## {role.label} (`{role.code}`)\n", f"{role.description}\n"]
        lines += [f"- {permission.label}" for permission in Permission if permission in role.permissions]
        lines.append("")
    return HEADER + "\n".join(lines)


def _rulebook() -> str:
    book = load()
    lines = ["# Bộ quy tắc\n", f"Phiên bản `{book.version[:12]}`.\n", "## Danh hiệu, hình thức\n"]
    lines += ["| Mã | Tên | Loại | Người quyết định |", "| --- | --- | --- | --- |"]
    lines += [f"| `{a.code}` | {a.label} | {a.kind_label} | {a.decider} |" for a in catalogue.awards().values()]
    lines += ["", "## Văn bản\n", "| Số | Tên | Từ | Đến |", "| --- | --- | --- | --- |"]
    for source in book.sources.values():
        end = f"{source.end:%d/%m/%Y}" if source.end else ""
        lines.append(f"| {source.number} | {source.title} | {source.start:%d/%m/%Y} | {end} |")
    return HEADER + "\n".join([*lines, *_values(book.parameters.items())]) + "\n"


def _values(parameters: Iterable[tuple[str, object]]) -> Iterable[str]:
    yield from ("", "## Giá trị theo ngày\n", "| Tham số | Từ ngày | Đến ngày | Giá trị | Căn cứ | Độ tin cậy |")
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, parameter in sorted(parameters):
        for value in parameter.values:  # type: ignore[attr-defined]
            cites = "; ".join(f"{cite.at} {cite.doc}" for cite in value.cite)
            end = f"{value.end:%d/%m/%Y}" if value.end else ""
            yield f"| `{name}` | {value.start:%d/%m/%Y} | {end} | {_shown(value.content)} | {cites} | {value.status} |"


def _shown(content: object) -> str:
    """A value as a jurist reads it; a test without numbers is only said to be there."""
    return (words(content) or "có").replace("|", "/").replace("\n", " ")[:200]


def _sentence(text: str | None) -> str:
    return (text or "").strip().splitlines()[0] if text else ""
