"""The tuning history: what it keeps, what it survives, and the plans and limits that come of it."""

import json

import pytest

from cq.engine.history import Entry, History, RunSample, Timing
from cq.engine.limits import Limits
from cq.engine.plan import GivenLimits, PackFigures, make_plan
from cq.engine.tuning import cost_us_per_kb, tuned


def sample(p95_ms=1.0, us_per_kb=50.0, match_limit=4096, exceeded=0):
    return RunSample(
        files=10, kilobytes=100, us_per_kb=us_per_kb, p95_ms=p95_ms, match_limit=match_limit, exceeded=exceeded
    )


@pytest.mark.parametrize(
    ("runs", "budget_ms", "match_limit", "splits"),
    [
        ([], 2000, 4096, 1),  # the static limits
        ([sample(0.1)], 50, 2048, 1),
        ([sample(30)], 300, 2048, 1),
        ([sample(60)], 600, 2048, 2),
        ([sample(9_000)], 2000, 2048, 4),
        # One slow run among five changes nothing: the median counts.
        ([sample(1), sample(1), sample(5_000), sample(1), sample(1)], 50, 2048, 1),
        ([sample(match_limit=4096), sample(match_limit=2048), sample(match_limit=1024)], 50, 512, 1),
        ([sample(match_limit=512)], 50, 512, 1),
        # Once it was too low, it is doubled and stays there.
        ([sample(match_limit=1024, exceeded=1)], 50, 2048, 1),
        ([sample(match_limit=1024, exceeded=1), sample(match_limit=2048)], 50, 2048, 1),
        ([sample(match_limit=16384, exceeded=1)], 50, 16384, 1),
    ],
)
def test_limits_follow_the_history(runs, budget_ms, match_limit, splits):
    assert tuned(runs) == Limits(budget_ms=budget_ms, match_limit=match_limit, splits=splits)


def test_a_run_is_summed_up_by_percentiles():
    history = History(None)
    # 1,000 us for each KB but for one file that took ten seconds.
    timings = [Timing("calls", 1024 * size, float(size), 4096, False) for size in range(1, 40)]
    timings.append(Timing("calls", 1024, 10_000.0, 4096, True))
    history.put_run("python", "calls", "h", "1", timings)
    [run] = history.entry("python", "calls", "h", "1").runs
    assert (run.files, run.us_per_kb, run.p95_ms, run.exceeded) == (40, 1000.0, 39.0, 1)
    assert cost_us_per_kb([run]) == 1000.0


def test_files_of_no_size_say_nothing():
    history = History(None)
    history.put_run("python", "calls", "h", "1", [Timing("calls", 0, 1.0, 4096, False)])
    assert history.entry("python", "calls", "h", "1") is None


def figures(*names):
    return [PackFigures(name, f"hash-{name}", 3, score) for name, score in names]


def test_without_a_history_the_plan_is_the_static_one():
    packs = figures(("calls", 2.5), ("definitions", 3.2), ("imports", 2.5))
    plan = make_plan("python", "1", packs, "all", History(None), GivenLimits())
    assert [pack.name for pack in plan.packs] == ["definitions", "calls", "imports"]
    assert (plan.tuned, plan.limits, plan.together) == (False, Limits(), "calls+definitions+imports")


def test_measured_cost_refines_the_order_and_the_same_history_gives_the_same_plan():
    history = History(None)
    for name, cost in (("definitions", 200.0), ("calls", 20.0), ("imports", 40.0)):
        history.put_score("python", name, f"hash-{name}", "1", 2.0)
        history.entry("python", name, f"hash-{name}", "1").runs.append(sample(us_per_kb=cost))
    packs = figures(("calls", 2.5), ("definitions", 3.2), ("imports", 2.5))
    plan = make_plan("python", "1", packs, "all", history, GivenLimits())
    assert [pack.name for pack in plan.packs] == ["calls", "imports", "definitions"]
    assert plan == make_plan("python", "1", packs, "all", history, GivenLimits())


def test_a_changed_pack_or_grammar_starts_anew():
    history = History(None)
    history.put_run("python", "calls", "h", "1", [Timing("calls", 1024, 1.0, 4096, False)])
    assert history.entry("python", "calls", "other", "1") is None
    assert history.entry("python", "calls", "h", "2") is None
    assert history.entry("rust", "calls", "h", "1") is None


def test_limits_that_the_user_set_win():
    history = History(None)
    history.put_run("python", "calls", "all", "1", [Timing("calls", 1024, 1.0, 4096, False)])
    given = GivenLimits(budget_ms=7, match_limit=9, splits=11, row_cap=13, max_start_depth=2)
    plan = make_plan("python", "1", figures(("calls", 2.5)), "all", history, given)
    limits = Limits(budget_ms=7, match_limit=9, splits=11, row_cap=13, max_start_depth=2, retry=False)
    assert plan.limits == limits


def test_the_history_is_kept_and_bounded(tmp_path):
    path = tmp_path / "cache" / "tuning.json"
    history = History(str(path))
    for number in range(30):
        history.put_run("python", "calls", "h", "1", [Timing("calls", 1024, float(number), 4096, False)])
    for number in range(600):
        history.put_score("python", f"query:{number}", "h", "1", 1.0)
    history.save()
    again = History(str(path))
    assert again.problem == ""
    assert again.entry("python", "query:599", "h", "1") is not None
    assert again.entry("python", "query:0", "h", "1") is None
    assert len(json.loads(path.read_text())["entries"]) == 500
    assert [file.name for file in path.parent.iterdir()] == ["tuning.json"]
    history = History(None)
    for number in range(30):
        history.put_run("python", "calls", "h", "1", [Timing("calls", 1024, float(number), 4096, False)])
    runs = history.entry("python", "calls", "h", "1").runs
    assert [run.p95_ms for run in runs] == [float(number) for number in range(10, 30)]


def test_two_processes_keep_each_others_entries(tmp_path):
    path = str(tmp_path / "tuning.json")
    first, second = History(path), History(path)
    first.put_score("python", "calls", "h", "1", 1.0)
    first.save()
    second.put_score("rust", "calls", "h", "1", 2.0)
    second.save()
    both = History(path)
    assert both.entry("python", "calls", "h", "1") == Entry(hash="h", grammar="1", score=1.0)
    assert both.entry("rust", "calls", "h", "1") == Entry(hash="h", grammar="1", score=2.0)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "corrupt and begun anew"),
        (b"\xff\xfe", "corrupt and begun anew"),
        (b'{"version":1,"entries":{"python/calls":7}}', "corrupt and begun anew"),
        (b"[" * 100_000, "corrupt and begun anew"),
        (b'{"version":99,"entries":{}}', "of another version and begun anew"),
    ],
)
def test_a_history_that_cannot_be_used_is_begun_anew(tmp_path, content, problem):
    path = tmp_path / "tuning.json"
    path.write_bytes(content)
    history = History(str(path))
    assert problem in history.problem
    history.put_score("python", "calls", "h", "1", 1.0)
    history.save()
    assert History(str(path)).entry("python", "calls", "h", "1") is not None


def test_a_history_that_cannot_be_written_is_no_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    history = History(str(tmp_path / "file" / "tuning.json"))
    history.put_score("python", "calls", "h", "1", 1.0)
    history.save()
    assert "cannot be" in history.problem
