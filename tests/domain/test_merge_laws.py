"""The laws of merge, with machines that type, clear, exchange, lose and restore."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from parindex_desktop.domain import merge
from parindex_desktop.domain.revisions import (
    Kind,
    Mode,
    Revision,
    Series,
    State,
    Value,
    ancestors_after,
    canonical,
    digest_of,
    read_revision,
    sequence_after,
)

SERIES = Series(Kind.ASSESSMENT, "u", "2026", "u")
KEYS = ("answer/a/figures", "answer/b/figures", "link/a/d")


@dataclass
class Machine:
    """An office's machine: the revisions it holds and what was typed since."""

    key: str
    held: dict[str, Revision] = field(default_factory=dict)
    edits: dict[str, merge.Edit] = field(default_factory=dict)

    def state(self) -> dict[str, merge.Register]:
        return merge.with_edits(merge.merged(self.held), self.edits)

    def type(self, key: str, value: Value) -> None:
        base = merge.merged(self.held).get(key, ())
        edit = merge.edit_of(base, value)
        if edit is None:
            self.edits.pop(key, None)
        else:
            self.edits[key] = edit

    def hand_over(self, state: State) -> str:
        for key in merge.conflicts(self.state()):
            self.type(key, "settled by " + self.key)
        parents = merge.heads(self.held)
        revision = Revision(
            series=SERIES,
            audience=(),
            sequence=sequence_after(parents.values(), state),
            parents=tuple(sorted(parents)),
            ancestors=ancestors_after(parents),
            key=self.key,
            kit=None,
            criteria_set=None,
            state=state,
            mode=Mode.REAL,
            journal=f"{len(self.held):064d}",
            entries=merge.entries_for(self.state()),
            attachments=(),
        )
        document = revision.document()
        self.held[digest_of(document)] = read_revision(document)
        self.edits.clear()
        return digest_of(document)


machines = st.sampled_from([0, 1])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("type"), machines, st.sampled_from(KEYS), st.sampled_from(["1", "2", None])),
        st.tuples(st.just("hand over"), machines, st.sampled_from(list(State))),
        st.tuples(st.just("send"), machines, st.randoms(use_true_random=False)),
        st.tuples(st.just("back up"), machines),
        st.tuples(st.just("restore"), machines),
    ),
    max_size=25,
)


def play(story: list[tuple]) -> tuple[list[Machine], dict[str, Revision]]:
    """Two machines of one office live through `story`; everything that was ever handed over is kept."""
    office = [Machine("k0"), Machine("k1")]
    backups: list[dict[str, Revision]] = [{}, {}]
    ever: dict[str, Revision] = {}
    for action, who, *rest in story:
        machine = office[who]
        if action == "type":
            machine.type(*rest)
        elif action == "hand over":
            digest = machine.hand_over(rest[0])
            ever[digest] = machine.held[digest]
        elif action == "send":
            chosen = [d for d in sorted(machine.held) if rest[0].random() < 0.7]
            office[1 - who].held |= {d: machine.held[d] for d in chosen}
        elif action == "back up":
            backups[who] = dict(machine.held)
        else:
            machine.held, machine.edits = dict(backups[who]), {}
    return office, ever


def shape(state: dict[str, merge.Register]) -> dict[str, list[tuple[bytes, list[str]]]]:
    return {
        key: [(canonical(s.value), sorted(s.writers)) for s in register] for key, register in state.items()
    }


@settings(max_examples=150)
@given(steps, st.randoms(use_true_random=False))
def test_the_state_depends_on_the_set_alone(story: list[tuple], chance) -> None:
    _, ever = play(story)
    received = [d for d in ever if chance.random() < 0.8]
    once = {d: ever[d] for d in received}
    chance.shuffle(received)
    again: dict[str, Revision] = {}
    for digest in received + received[: len(received) // 2]:
        again[digest] = ever[digest]
    assert shape(merge.merged(once)) == shape(merge.merged(again))


@settings(max_examples=150)
@given(steps)
def test_two_machines_that_have_exchanged_all_see_the_same(story: list[tuple]) -> None:
    office, _ = play(story)
    for machine in office:
        machine.hand_over(State.DRAFT)
    everything = office[0].held | office[1].held
    office[0].held = dict(everything)
    office[1].held = dict(reversed(everything.items()))
    assert shape(office[0].state()) == shape(office[1].state())
    # Whoever settles first ends it: the other follows without a second conflict.
    digest = office[0].hand_over(State.FINAL)
    office[1].held[digest] = office[0].held[digest]
    assert shape(office[0].state()) == shape(office[1].state())
    assert merge.conflicts(office[1].state()) == []


@settings(max_examples=150)
@given(steps)
def test_a_head_that_descends_from_everything_held_is_the_state(story: list[tuple]) -> None:
    office, _ = play(story)
    machine = office[0]
    before = machine.state()
    expected = {
        key: canonical(register[0].value) if len(register) == 1 else canonical("settled by k0")
        for key, register in before.items()
    }
    machine.hand_over(State.FINAL)
    assert {k: canonical(v) for k, v in merge.settled(machine.state()).items()} == expected


@settings(max_examples=100)
@given(steps)
def test_no_value_that_was_handed_over_vanishes_unless_somebody_replaced_it(story: list[tuple]) -> None:
    _, ever = play(story)
    state = merge.merged(ever)
    for digest, revision in ever.items():
        for key, entry in revision.entries.items():
            form = canonical(entry.value)
            stands = any(canonical(s.value) == form for s in state.get(key, ()))
            knowing = [other for d, other in ever.items() if d != digest and other.knows(digest)]
            replaced = any(canonical(o.entries[key].value) != form for o in knowing if key in o.entries)
            writers = {digest if w == "self" else w for w in entry.writers}
            overruled = any(
                (o.knows(w) or d == w) and canonical(o.entries[key].value) != form
                for d, o in ever.items()
                if key in o.entries
                for w in writers
            )
            assert stands or replaced or overruled


def revision(
    *parents: str, held: dict[str, Revision], key: str = "k0", state: State = State.FINAL, **entries: str
):
    machine = Machine(
        key,
        {
            d: held[d]
            for d in itertools.chain(
                parents, *((a.digest for a in held[p].ancestors if a.digest in held) for p in parents)
            )
        },
    )
    for name, value in entries.items():
        machine.type(name, value)
    digest = machine.hand_over(state)
    held[digest] = machine.held[digest]
    return digest


def test_parallel_work_on_different_entries_merges_by_itself() -> None:
    ever: dict[str, Revision] = {}
    first = revision(held=ever, a="1", b="1")
    left = revision(first, held=ever, a="2")
    right = revision(first, held=ever, key="k1", b="2")
    assert merge.settled(merge.merged(ever)) == {"a": "2", "b": "2"}
    assert merge.place(right, ever[right], {first: ever[first], left: ever[left]}) == merge.Placement(
        merge.Verdict.FORKED, beside=(left,)
    )


def test_the_same_entry_with_two_values_is_a_conflict_until_the_office_settles_it() -> None:
    ever: dict[str, Revision] = {}
    first = revision(held=ever, a="1")
    left = revision(first, held=ever, a="2")
    right = revision(first, held=ever, key="k1", a="3")
    assert [s.value for s in merge.merged(ever)["a"]] == ["2", "3"]
    revision(left, right, held=ever, a="3")
    assert merge.settled(merge.merged(ever)) == {"a": "3"}


def test_the_same_value_typed_on_both_machines_is_no_conflict() -> None:
    ever: dict[str, Revision] = {}
    first = revision(held=ever, a="1")
    revision(first, held=ever, a="2")
    revision(first, held=ever, key="k1", a="2")
    assert merge.settled(merge.merged(ever)) == {"a": "2"}


def test_clearing_wins_over_what_it_saw_and_conflicts_with_what_it_did_not() -> None:
    ever: dict[str, Revision] = {}
    first = revision(held=ever, a="1")
    cleared = revision(first, held=ever, a=None)
    assert merge.settled(merge.merged(ever)) == {"a": None}
    revision(first, held=ever, key="k1", a="5")
    assert [s.value for s in merge.merged(ever)["a"]] == ["5", None]
    assert cleared in ever


def test_placement_tells_new_held_older_gap_and_restored_backup_apart() -> None:
    ever: dict[str, Revision] = {}
    one = revision(held=ever, a="1")
    two = revision(one, held=ever, a="2")
    three = revision(two, held=ever, a="3")
    restored = revision(one, held=ever, a="9")

    def placed(digest: str, *held: str) -> merge.Placement:
        return merge.place(digest, ever[digest], {d: ever[d] for d in held})

    assert placed(one) == merge.Placement(merge.Verdict.FIRST)
    assert placed(two, one) == merge.Placement(merge.Verdict.LATER)
    assert placed(two, one, two) == merge.Placement(merge.Verdict.HELD)
    assert placed(one, three) == merge.Placement(merge.Verdict.OLDER)
    assert placed(three, one) == merge.Placement(merge.Verdict.LATER, missing=(2,))
    assert placed(two) == merge.Placement(merge.Verdict.LATER, missing=(1,))
    assert placed(restored, one, two) == merge.Placement(merge.Verdict.FORKED, beside=(two,), same_key=True)


def test_drafts_between_two_machines_are_not_counted_and_leave_no_gap() -> None:
    ever: dict[str, Revision] = {}
    draft = revision(held=ever, state=State.DRAFT, a="1")
    final = revision(draft, held=ever, key="k1", a="2")
    assert ever[draft].sequence == 0
    assert ever[final].sequence == 1
    assert merge.place(final, ever[final], {}) == merge.Placement(merge.Verdict.FIRST)


def test_an_edit_replaces_only_what_was_in_sight() -> None:
    ever: dict[str, Revision] = {}
    first = revision(held=ever, a="1")
    machine = Machine("k0", dict(ever))
    machine.type("a", "2")
    right = revision(first, held=ever, key="k1", a="3")
    machine.held[right] = ever[right]
    assert merge.conflicts(machine.state()) == ["a"]
    machine.type("a", "2")
    assert merge.conflicts(machine.state()) == []


def test_an_edit_back_to_what_stands_is_none() -> None:
    ever: dict[str, Revision] = {}
    revision(held=ever, a="1")
    machine = Machine("k0", dict(ever))
    machine.type("a", "2")
    machine.type("a", "1")
    machine.type("never written", None)
    assert machine.edits == {}
