"""`manage.py bench`: finds its measurements, refuses unknown names, appends what was measured."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kiemsat_thidua.management.commands import bench

MEASUREMENT = '"""Adds one and one."""\n\n\ndef run():\n    yield f"one and one: {1 + 1}"\n'


@pytest.mark.once
def test_every_measurement_says_what_it_shows(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("bench")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(list(bench.FOLDER.glob("bench_*.py")))
    assert all(len(line.split(maxsplit=1)) == 2 for line in lines)


@pytest.mark.once
def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(CommandError, match=r"Có: .*second_start"):
        call_command("bench", "khong-co")


@pytest.mark.django_db
def test_a_result_is_appended_with_its_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bench_sum.py").write_text(MEASUREMENT)
    (tmp_path / "RESULTS.md").write_text("# Results\n")
    monkeypatch.setattr("benchmarks.__path__", [str(tmp_path)])
    monkeypatch.setattr(bench, "FOLDER", tmp_path)
    monkeypatch.setattr(bench, "RESULTS", tmp_path / "RESULTS.md")

    call_command("bench", "sum")

    said = (tmp_path / "RESULTS.md").read_text()
    assert said.startswith("# Results\n\n## sum, ")
    assert "Adds one and one.\n\n- one and one: 2\n- " in said
    assert "cores" in said
