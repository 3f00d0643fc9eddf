"""The way between two texts, under any edits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lantu.text.offsets import Edit, OffsetMap, apply_edits


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and sorted edits that do not overlap."""
    text = draw(st.text("甲乙丙丁戊1 ", max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [Edit(start, end, draw(st.sampled_from(["", "子", "子丑寅"]))) for start, end in pairs]


def check(target: str, source: str, offsets: OffsetMap, whole: list[tuple[int, int]]) -> None:
    assert (offsets.length, offsets.source_length) == (len(target), len(source))
    for start in range(len(target)):
        for end in range(start + 1, len(target) + 1):
            there = offsets.to_source(start, end)
            assert 0 <= there.start <= there.end <= len(source)
            back = offsets.to_target(*there)
            assert back.start <= start
            assert end <= back.end
            if not any(low < end and start < high and not (start <= low and high <= end) for low, high in whole):
                assert back == (start, end)


def replaced(edits: list[Edit]) -> list[tuple[int, int]]:
    """The target stretches that replacements made."""
    stretches, shift = [], 0
    for start, end, replacement in edits:
        stretches.append((start + shift, start + shift + len(replacement)))
        shift += len(replacement) - (end - start)
    return [stretch for stretch in stretches if stretch[0] < stretch[1]]


@given(edited())
def test_every_stretch_leads_to_its_source_and_back(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    target, offsets = apply_edits(text, edits)
    check(target, text, offsets, replaced(edits))


@given(edited())
def test_a_kept_character_leads_to_itself(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    target, offsets = apply_edits(text, edits)
    made = {at for low, high in replaced(edits) for at in range(low, high)}
    for at in set(range(len(target))) - made:
        low, high = offsets.to_source(at, at + 1)
        assert (target[at], high - low) == (text[low], 1)


@given(edited(), st.data())
def test_two_maps_make_one(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    text, edits = case
    middle, first = apply_edits(text, edits)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(middle)), max_size=8)))
    later = [Edit(low, high, data.draw(st.sampled_from(["", "卯"]))) for low, high in zip(cuts[::2], cuts[1::2], strict=False)]
    target, second = apply_edits(middle, later)
    both = first.then(second)
    for start in range(len(target)):
        for end in range(start + 1, len(target) + 1):
            assert both.to_source(start, end) == first.to_source(*second.to_source(start, end))
            back = both.to_target(*both.to_source(start, end))
            assert back.start <= start
            assert end <= back.end


def test_what_was_deleted_leads_nowhere() -> None:
    target, offsets = apply_edits("到 2025 年", [Edit(1, 2, ""), Edit(6, 7, "")])
    assert target == "到2025年"
    assert offsets.to_target(1, 2) == (1, 1)
    assert offsets.to_source(1, 6) == (2, 8)
    assert offsets.to_target(0, 8) == (0, 6)


def test_an_empty_text_has_empty_places() -> None:
    target, offsets = apply_edits("\n\n", [Edit(0, 2, "")])
    assert (target, offsets.to_source(0, 0), offsets.to_target(0, 2)) == ("", (0, 0), (0, 0))


def test_thousands_of_edits_stay_quick() -> None:
    text = "到 2025 年,粮食 " * 5_000
    edits = [Edit(at, at + 1, "") for at, character in enumerate(text) if character == " "]
    target, offsets = apply_edits(text, edits)
    assert target == "到2025年,粮食" * 5_000
    spans = [offsets.to_source(at, at + 6) for at in range(0, len(target) - 6, 9)]
    assert all(text[low:high].replace(" ", "") == "到2025年" for low, high in spans)
