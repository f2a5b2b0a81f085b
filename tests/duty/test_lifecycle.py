"""The table of states and moves: whole, fair, and the same in the documentation."""

from pathlib import Path

import pytest

from assessments.duty import lifecycle
from assessments.duty.lifecycle import STATUSES, TRANSITIONS, By, Role, Stage, Status, transition, transitions_from

DOCUMENTED = Path(__file__).resolve().parents[2] / "docs" / "lifecycle.md"
FINAL = {Status.SUPERSEDED, Status.WITHDRAWN}
AT_REST = {*FINAL, Status.PUBLISHED, Status.SCREENED_OUT}
"""Nobody’s turn; but what is published can be reviewed, and what was screened out can be looked at again."""


def reachable_from(start: Status) -> set[Status]:
    found, waiting = {start}, [start]
    while waiting:
        for each in transitions_from(waiting.pop()):
            if each.target not in found:
                found.add(each.target)
                waiting.append(each.target)
    return found


def test_every_status_has_its_facts_and_no_two_share_a_label():
    assert list(STATUSES) == list(Status)
    assert len({status.label for status in Status}) == len(Status)


@pytest.mark.parametrize("status", Status)
def test_a_status_has_moves_unless_it_is_final_and_an_owner_unless_it_is_at_rest(status):
    assert bool(transitions_from(status)) == (status not in FINAL)
    assert (status.facts.owner is not None) == (status not in AT_REST)


@pytest.mark.parametrize("status", [each for each in Status if each not in AT_REST])
def test_the_owner_of_a_status_can_move_it_on(status):
    assert any(status.facts.owner in each.roles for each in transitions_from(status))


def test_every_status_can_be_reached_from_a_draft():
    assert reachable_from(Status.DRAFT) == set(Status)


@pytest.mark.parametrize("status", [each for each in Status if each not in FINAL])
def test_from_every_open_status_an_assessment_can_end(status):
    assert reachable_from(status) & FINAL


def test_answers_can_change_only_while_the_officer_has_the_assessment():
    assert {status for status in Status if status.facts.is_editable} == {Status.DRAFT, Status.RETURNED}
    assert all(status.facts.owner is Role.OFFICER for status in Status if status.facts.is_editable)


@pytest.mark.parametrize("move", TRANSITIONS, ids=lambda move: move.name)
def test_every_move_has_somebody_to_make_it_and_changes_the_status(move):
    assert bool(move.roles) == (move.by is not By.SUCCESSOR)
    assert move.label
    assert move.sources
    assert move.target not in move.sources


def test_no_two_moves_share_a_name():
    assert len({each.name for each in TRANSITIONS}) == len(TRANSITIONS)
    assert all(transition(each.name) is each for each in TRANSITIONS)


def test_auditors_and_administrators_make_no_move():
    assert not any({Role.AUDITOR, Role.ADMINISTRATOR} & set(each.roles) for each in TRANSITIONS)


def test_only_submitting_and_withdrawing_are_for_the_authors():
    assert {each.name for each in TRANSITIONS if each.by is By.AUTHORS} == {"submit", "screen_out", "withdraw"}


def test_whoever_approves_has_not_written_it():
    approving = [each for each in TRANSITIONS if each.target in (Status.APPROVED, Status.SCREENED_OUT)]
    assert len(approving) == 2
    assert all(each.by is By.OTHERS and each.approves for each in approving)
    assert [each for each in TRANSITIONS if each.approves] == approving


@pytest.mark.parametrize("status", [each for each in Status if each.facts.is_finished])
def test_nothing_is_finished_that_nobody_approved(status):
    before = {each for each in TRANSITIONS if each.target is status}
    assert all(each.approves or each.sources[0].facts.is_finished for each in before)


def test_the_checks_are_asked_before_an_approval_a_decision_and_a_publication():
    asked = {each.name: each.stage for each in TRANSITIONS if each.stage}
    assert asked == {
        "pass_check": Stage.APPROVAL,
        "approve": Stage.APPROVAL,
        "approve_screening": Stage.APPROVAL,
        "decide": Stage.DECISION,
        "publish": Stage.PUBLICATION,
    }


def test_only_what_was_approved_and_not_yet_decided_can_be_opened_again_and_that_voids_it():
    (reopen,) = (each for each in TRANSITIONS if each.voids)
    assert set(reopen.sources) == {Status.APPROVED, Status.SUPPLIED, Status.SCREENED_OUT}
    assert reopen.target.facts.is_editable


def test_an_assessment_is_superseded_only_by_the_approval_of_another():
    assert [each.name for each in TRANSITIONS if each.target is Status.SUPERSEDED] == ["supersede"]
    assert transition("supersede").by is By.SUCCESSOR
    assert {each for each in Status if each.facts.is_finished} == {*transition("supersede").sources, Status.SUPERSEDED}


def test_a_full_assessment_is_approved_only_after_the_equality_lead_passed_it():
    (approve,) = (each for each in TRANSITIONS if each.target is Status.APPROVED)
    (check,) = (each for each in TRANSITIONS if each.target in approve.sources)
    assert (check.sources, check.roles) == ((Status.WITH_LEAD,), (Role.EQUALITY_LEAD,))


def test_every_return_and_withdrawal_needs_a_reason():
    needing = {each.name for each in TRANSITIONS if each.needs_reason}
    back = {each.name for each in TRANSITIONS if each.target in (Status.RETURNED, Status.WITHDRAWN)}
    assert needing == back | {"end_review"}


def test_a_version_is_frozen_at_each_submission_approval_decision_and_withdrawal():
    frozen = {each.name for each in TRANSITIONS if each.freezes}
    assert frozen == {"submit", "screen_out", "approve", "approve_screening", "decide", "withdraw"}


def test_a_move_that_does_not_exist_is_an_error():
    with pytest.raises(KeyError):
        transition("burn")


def test_each_role_has_a_name_that_people_use():
    assert len({role.label for role in Role}) == len(Role)


def test_the_diagram_names_every_status_and_every_move():
    drawn = lifecycle.diagram()
    for status in Status:
        assert f"    {status.name}: {status.label}\n" in drawn
        assert (f"    {status.name} --> [*]\n" in drawn) == (status in AT_REST)
    for each in TRANSITIONS:
        for source in each.sources:
            assert f"    {source.name} --> {each.target.name}: {each.label} (" in drawn


def test_the_documented_diagram_is_drawn_from_the_table():
    text = DOCUMENTED.read_text(encoding="utf-8")
    block = text.partition("<!-- diagram -->\n")[2].partition("<!-- end of diagram -->")[0]
    assert block == f"```mermaid\n{lifecycle.diagram()}```\n"


def test_the_documented_table_has_every_state_with_its_owner():
    rows = [line.split(" | ")[:2] for line in DOCUMENTED.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    owners = {state.removeprefix("| "): owner for state, owner in rows if state not in ("| State", "| ---")}
    short = {**{role: role.label for role in Role}, Role.APPROVER: "Approver", None: "Nobody"}
    assert owners == {status.label: short[status.facts.owner] for status in Status}
