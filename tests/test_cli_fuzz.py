"""No command line, whatever the state of the index, ends as a fault of ours."""

from __future__ import annotations

import random

import pytest
from fuzzing import STATES, Desk, command_line, fault
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("fuzz"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chance=st.randoms(use_true_random=False), state=st.sampled_from(STATES))
def test_no_command_line_ends_as_a_fault_of_ours(
    desk: Desk, chance: random.Random, state: str
) -> None:
    args, typed = command_line(chance)
    if state == "in use" and args[:1] == ["index"]:
        state = "whole"  # it would wait for ten seconds
    done = desk.run(state, args, typed)
    assert fault(done) is None, (args, done)


def test_lines_in_one_process_end_as_each_does_alone(desk: Desk) -> None:
    lines = [(["search", "port"], b""), (["search", "zebra"], b""), (["quotes", "--nothing"], b"")]
    together = desk.run_together("whole", lines)
    assert together is not None
    alone = [desk.run("whole", *line) for line in lines]
    assert [(d.status, d.err) for d in together] == [(d.status, d.err) for d in alone]
    assert [d.status for d in alone] == [0, 1, 2]
