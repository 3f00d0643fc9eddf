"""What was decided before speaks for a unit with its words and their counts; nothing else does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lantu.breakdown.leads import Decided, Leads, Suggested, Word, reason_of

DECIDED = [
    Decided(text=text, unit=unit)
    for text, unit in [
        ("建设污水处理厂2座", "生态环境局"), ("提标改造污水处理设施", "生态环境局"), ("推进澜河综合治理", "水利局"), ("实施澜河生态补水", "水利局"),
        ("新建小学3所", "教育局"), ("改扩建中小学", "教育局"), ("壮大精密装备产业", "经济发展局"),
    ]
]  # fmt: skip


def told(found: tuple[Suggested[str], ...]) -> list[tuple[str, str]]:
    return [(one.unit, reason_of(one.words)) for one in found]


def test_words_of_earlier_decisions_lead_to_their_unit() -> None:
    assert told(Leads(DECIDED).suggest("完善污水处理设施网")) == [("生态环境局", "“污水处理”（以往2项中2项）")]


def test_two_units_that_words_speak_for_are_both_told() -> None:
    found = told(Leads(DECIDED).suggest("沿澜河布局污水处理厂"))
    assert sorted(found) == [("水利局", "“澜河”（以往2项中2项）"), ("生态环境局", "“污水处理”（以往2项中2项）")]


def test_one_decision_is_no_habit() -> None:
    assert Leads(DECIDED).suggest("壮大精密装备产业集群") == ()


def test_a_word_that_went_to_many_units_says_nothing() -> None:
    many = [Decided(text=f"推进数字化{word}", unit=unit) for word, unit in zip("甲乙丙丁", ["甲局", "乙局", "丙局", "丁局"], strict=True)]
    assert Leads([*DECIDED, *many]).suggest("推进数字化转型") == ()


def test_nothing_decided_teaches_nothing() -> None:
    assert Leads[str]([]).suggest("建设污水处理厂") == ()


def test_counts_are_told_as_they_are() -> None:
    one_astray = [*DECIDED, Decided(text="污水处理收费", unit="发展改革局")]
    (found,) = Leads(one_astray).suggest("污水处理")
    assert (found.unit, found.words) == ("生态环境局", (Word(text="污水处理", led=2, seen=3),))


@given(
    st.lists(st.tuples(st.text("甲乙丙丁戊", min_size=1, max_size=8), st.sampled_from("ABC")), max_size=30),
    st.text("甲乙丙丁戊", max_size=8),
)
def test_every_reason_can_be_counted_again(rows: list[tuple[str, str]], text: str) -> None:
    for found in Leads(Decided(text=words, unit=unit) for words, unit in rows).suggest(text):
        for word in found.words:
            with_word = [unit for words, unit in rows if word.text in words]
            assert (word.seen, word.led) == (len(with_word), with_word.count(found.unit))
            assert word.text in text
