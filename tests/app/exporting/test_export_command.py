"""`omote export` from the records to a file and back: what went out comes in again as it was."""

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.demo import prepare
from app.paths import profile_at
from app.settings import Settings
from tests.app.command_line import omote

HOSTILE = """customer_no,name,reading,phones,email,birth_date,memo
'+1,'=1+1,'-よみ,'+81-90-1234-5678;home:03-3581-4111 x12;fax:03-3581-4112,a@example.jp,1980-04,"'@一
二"
C-2,𠮷野 ''=x,,0120-123-456;020-1234-5678-901;201,,'--04-01,'-
C-3,山田,,,,1980,===
"""


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    profile = tmp_path / "demo"
    prepare(profile_at(profile), Settings())
    return profile


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_customers_come_back_as_they_went(tmp_path: Path, name: str) -> None:
    (tmp_path / "in.csv").write_text(HOSTILE, encoding="utf-8")
    here, there = tmp_path / "here", tmp_path / "there"
    assert omote(here, "import", "customers", str(tmp_path / "in.csv")).returncode == 0
    done = omote(here, "export", "customers", str(tmp_path / name))
    assert (done.returncode, done.stderr, done.stdout) == (0, "", f"3 rows written to {tmp_path / name}.\n")
    again = omote(here, "import", "customers", str(tmp_path / name))
    assert "0 new, 0 updated, 3 unchanged" in again.stdout, again
    assert "3 new" in omote(there, "import", "customers", str(tmp_path / name)).stdout
    for profile, out in ((here, "here.csv"), (there, "there.csv")):
        omote(profile, "export", "customers", str(tmp_path / out))
    assert (tmp_path / "there.csv").read_text("utf-8") == (tmp_path / "here.csv").read_text("utf-8")


def test_the_demos_customers_are_unchanged_by_their_own_export(demo: Path, tmp_path: Path) -> None:
    assert omote(demo, "export", "customers", str(tmp_path / "all.csv")).returncode == 0
    again = omote(demo, "import", "customers", str(tmp_path / "all.csv"), "--dry-run", "--json")
    told = json.loads(again.stdout)
    assert (told["created"], told["updated"], told["refused"], told["odd"]) == (0, 0, 0, 0)
    assert told["unchanged"] > 300


def test_all_about_one_customer_is_one_workbook_or_several_files(demo: Path, tmp_path: Path) -> None:
    assert omote(demo, "export", "customer", "C-000001", str(tmp_path / "one.xlsx")).returncode == 0
    sheets = {sheet.title: sheet.max_row for sheet in load_workbook(tmp_path / "one.xlsx")}
    assert set(sheets) == {"customers", "purchases", "complaints", "interactions", "calls"}
    assert sheets["customers"] == 2
    assert sheets["interactions"] > 10
    assert omote(demo, "export", "customer", "C-000001", str(tmp_path / "one.csv")).returncode == 0
    assert {path.name for path in tmp_path.glob("one-*.csv")} == {f"one-{name}.csv" for name in sheets}


def test_a_customer_whom_nobody_knows_is_said(demo: Path, tmp_path: Path) -> None:
    done = omote(demo, "export", "customer", "C-999999", str(tmp_path / "one.xlsx"))
    assert done.returncode == 1
    assert done.stderr.startswith("omote: No customer has the number C-999999.")
    assert not (tmp_path / "one.xlsx").exists()


def test_days_are_meant_whole(demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    assert omote(demo, "export", "purchases", str(path)).returncode == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        days = [row["ordered_at"][:10] for row in csv.DictReader(file)]
    day = max(set(days), key=days.count)
    done = omote(demo, "export", "purchases", str(path), "--from", day, "--to", day, "--json")
    assert json.loads(done.stdout)["rows"] == days.count(day)


def test_a_day_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    assert omote(tmp_path, "export", "calls", "x.csv", "--from", "yesterday").returncode == 2


def test_what_cp932_lacks_is_refused_or_replaced_and_said(demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    refused = omote(demo, "export", "customers", str(path), "--encoding", "cp932")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "𠮷" in refused.stderr
    assert not path.exists()
    done = omote(demo, "export", "customers", str(path), "--encoding", "cp932", "--replace")
    assert done.returncode == 0
    assert "〓 stands in place of: 𠮷" in done.stderr
    assert "〓" in path.read_text("cp932")
