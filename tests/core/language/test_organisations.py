"""Names of organisations and printed lists of them."""

from __future__ import annotations

import pytest

from lantu.language.organisations import is_list_of_organisations, is_organisation, organisations_in


@pytest.mark.parametrize(
    "name", ["县发展和改革局", "各县(市、区)人民政府", "市生态环境局红柳分局", "县委农办", "县供销社", "云溪城投公司", "各镇街"]
)
def test_organisations(name: str) -> None:
    assert is_organisation(name)


@pytest.mark.parametrize("name", ["推进改革", "加强组织的单位", "产业", "由区发改局", "营商环境", ""])
def test_no_organisations(name: str) -> None:
    assert not is_organisation(name)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("市教育局、市财政局等部门按职责分工负责", ["市教育局", "市财政局"], id="what follows the last name"),
        pytest.param("区农业农村局,区供销社", ["区农业农村局", "区供销社"], id="a comma parts names"),
        pytest.param("县发展和改革局", ["县发展和改革局"], id="和 inside a name"),
        pytest.param("市商务局和市财政局", ["市商务局", "市财政局"], id="和 between names"),
        pytest.param("青川湖管理中心及有关单位", ["青川湖管理中心"], id="and others"),
    ],
)
def test_lists(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in organisations_in(text, 0, len(text))] == names


def test_a_list_of_organisations_holds_nothing_else() -> None:
    assert is_list_of_organisations("市教育局、市财政局", 0, 9)
    assert not is_list_of_organisations("市教育局、资金", 0, 7)
