"""The benchmark measures what it says; how fast that is, no test asks."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bench import raw_bundle
from bench.big_calls import Log, fill_log
from bench.big_databases import sqlite_database
from bench.figures import quantile, spread
from bench.pop_ground import big_ground, copied, numbers_to_ring
from db.engine import FILE_NAME, reading
from db.models import call
from tests.bench.run_bench import bench
from tests.postgres_server import server_programs

STATIONS = {"received", "parsed", "matched", "shown", "painted", "whole"}


def test_every_scenario_is_measured_off_screen_beside_the_floor_and_pyvoip() -> None:
    told = bench("pop", "--calls", "3", "--json", "--offscreen")
    assert set(told["omote"]) == {"mapped", "hidden", "piling"}
    assert set(told["floor"]) == {"mapped", "hidden"}
    for scene in [*told["omote"].values(), *told["floor"].values()]:
        assert scene["calls"] == 3
        assert 0 < scene["painted"]["p50"] <= scene["painted"]["p90"] <= scene["painted"]["p99"]
        assert all(step["p50"] > 0 for step in scene["steps"].values())
    assert all(set(scene["steps"]) == STATIONS for scene in told["omote"].values())
    assert told["pyvoip"]["p50"] > 0
    assert told["switching"]["painted"]["count"] == 2
    assert (
        0 < told["switching"]["painted"]["p50"] <= told["switching"]["whole"]["p50"] <= told["switching"]["whole_p95"]
    )
    assert "off-screen" in told["display"]
    assert told["customers"] is None


def test_a_big_ground_has_a_card_for_each_number_and_nobody_writes_to_the_cached_original(
    cache: Path, tmp_path: Path
) -> None:
    ground = copied(big_ground(tmp_path / "ground", 3000), tmp_path / "scenario")
    with closing(sqlite3.connect(ground / FILE_NAME)) as connection:
        owners = [raw_bundle.fetch(connection, number)["customer"] for number in numbers_to_ring(ground)]
        connection.execute("DELETE FROM customer_phone")
        connection.commit()
    assert len({rows[0][3] for rows in owners}) == len(owners) == 200
    (kept,) = cache.glob(f"sqlite-*/{FILE_NAME}")
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT count(*) FROM customer_phone").fetchone()[0] >= 3000


def test_the_look_up_and_what_supervisors_read_are_measured_beside_bare_drivers(cache: Path) -> None:
    both = bench("db", "--calls", "1", "--pace", "0", "--json", "--customers", "300")
    told, records = both["look-up"], both["records"]
    assert set(told) == set(records) == ({"SQLite", "PostgreSQL"} if server_programs() else {"SQLite"})
    for themes in records.values():
        assert set(themes) >= {"first page", "note text", "complaints board", "live board", "reports"}
        assert themes["first page"]["no filter"]["found"] == 60
        assert themes["reports"]["resolution"]["found"] == 60
        assert themes["note text"]["nobody's word: 鰻谷"]["found"] == 0
        for one in [one for theme in themes.values() for one in theme.values()]:
            assert 0 < one["p50"] <= one["p95"] <= one["worst"]
            assert one["floor_p50"] > 0
    for figures in told.values():
        assert set(figures) == {"tight loop", "call pace"}
        for figure in figures.values():
            assert set(figure["courses"]) == {"300 customers", "few contacts", "many contacts"}
            assert set(figure["growth"]) == {"few contacts → many contacts"}
            for beside in figure["courses"].values():
                assert beside["ratio"] == pytest.approx(beside["bundle"]["p50"] / beside["raw"]["p50"])


def test_searches_are_measured_beside_bare_drivers(cache: Path) -> None:
    told = bench("search", "--calls", "1", "--json", "--customers", "2000")
    assert set(told) == ({"SQLite", "PostgreSQL"} if server_programs() else {"SQLite"})
    for figures in told.values():
        assert figures["surname of one character that every fifth has"]["found"] == 50
        assert figures["nothing found"]["found"] == 0
        assert all(0 < one["p50"] <= one["p95"] <= one["worst"] for one in figures.values())
        assert all(one["floor_p50"] > 0 for one in figures.values())


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A new folder for big databases; pytest's own is hidden from the user whom a server of root's runs as."""
    with tempfile.TemporaryDirectory(prefix="omote-bench-test-") as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setenv("OMOTE_BENCH_CACHE", folder)
        yield Path(folder)


def test_the_import_is_measured_beside_bare_writing(cache: Path) -> None:
    told = bench("import", "--customers", "1500", "--json")
    assert set(told) == ({"sqlite", "postgresql"} if server_programs() else {"sqlite"})
    for figure in told.values():
        assert figure["rows"] == 1500
        assert figure["ratio"] == pytest.approx(figure["floor"] / figure["took"])
        assert 0 < figure["transaction"] < figure["took"]
        assert figure["peak_mb"] > 0
        assert figure["waited_for_outbox"] >= 0


def test_a_quantile_is_a_value_that_was_measured() -> None:
    ascending = [1.0, 2.0, 3.0, 4.0]
    assert [quantile(ascending, part) for part in (0.5, 0.75, 0.99)] == [2.0, 3.0, 4.0]


def test_the_first_call_stands_beside_the_quantiles_and_not_in_them() -> None:
    told = spread([90.0, 10.0, 20.0])
    assert (told.first, told.p50, told.p99, told.count) == (90.0, 10.0, 20.0, 2)
    assert told.within_frame == 0.5


def test_a_single_call_is_first_and_median_at_once() -> None:
    assert (spread([5.0]).first, spread([5.0]).p50) == (5.0, 5.0)


def test_nothing_measured_is_no_figure() -> None:
    with pytest.raises(ValueError, match="nothing"):
        spread([])


def test_a_long_history_is_scrolled_to_its_end_beside_a_bare_list() -> None:
    told = bench("scroll", "--customers", "150", "--json", "--offscreen")
    assert {name: one["rows"] for name, one in told.items()} == {"omote": 177, "bare list, filled before": 177}
    assert all(0 <= one["late"]["p50"] <= one["late"]["p99"] <= one["longest"] for one in told.values())
    assert all(0 < one["worked"]["p99"] <= one["most_worked"] for one in told.values())


def test_a_big_database_of_an_earlier_schema_is_upgraded_and_keeps_what_it_holds(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    log = Log(40)
    monkeypatch.setattr("bench.big_databases.HEAD", "0000")
    sqlite_database(log, lambda engine, extent, tell: made.append(fill_log(engine, extent, tell))).dispose()
    monkeypatch.undo()
    monkeypatch.setenv("OMOTE_BENCH_CACHE", str(cache))
    engine = sqlite_database(log, lambda engine, extent, tell: made.append(fill_log(engine, extent, tell)))
    with reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(call)).scalar_one() == 40
    engine.dispose()
    assert len(made) == 1
    assert [one.name for one in cache.glob("sqlite-log_40_*")] == [Path(str(engine.url.database)).parent.name]
