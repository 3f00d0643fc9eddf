"""What is no plan is refused with a reason; what is one, however short or odd, is not."""

import pytest
from tests.factories.documents import document

from lantu.compile.plausibility import refuse_what_is_no_plan
from lantu.errors import NotAPlan

STORY = "老陈每天清晨在桥头摆摊修伞,来往的街坊都认得他。他说手艺是父亲教的,一把伞修好了能再用十年。" * 6
PLAN = "加快推进老城更新,完善排水设施,实施雨污分流改造,提升沿河环境,落实管护责任。" * 6


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" \n", "the file holds no text"),
        ("The county will build three new parks by 2030. 规划", "the text is not Chinese (2 hanzi in 49 characters)"),
        (STORY, f"the text does not read like a plan (0 planning words in {6 * 42} hanzi)"),
    ],
)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(NotAPlan) as caught:
        refuse_what_is_no_plan(document(text))
    assert caught.value.message == message


@pytest.mark.parametrize("text", [PLAN, "二〇三〇年,全区人口达到30万人。"])
def test_accepted(text: str) -> None:
    refuse_what_is_no_plan(document(text))
