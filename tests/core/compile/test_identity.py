"""What a document says of itself: one row a way of saying it."""

from __future__ import annotations

import pytest
from tests.factories.documents import document

from lantu.compile.identity import Identity, place_at_head, read_identity
from lantu.compile.outline import read_outline
from lantu.model import PlanPeriod

PROSE = (
    "坚持稳中求进工作总基调,完整、准确、全面贯彻新发展理念,加快建设现代化产业体系,推动全区经济社会发展不断取得新的成效,"
    "努力走在全市前列。"
)


def identity(*lines: str, **metadata: str) -> Identity:
    doc = document("\n".join(lines), metadata=metadata)
    return read_identity(doc, read_outline(doc))


def period(title: str, *lines: str) -> tuple[int | None, int | None, int | None] | None:
    found = identity(title, "一、总体要求", PROSE, *lines).period
    return (found.start, found.end, found.horizon) if found else None


def test_a_covering_notice_tells_issuer_number_and_date() -> None:
    plan = "云溪新区国民经济和社会发展“十四五”规划和2035年远景目标纲要"
    notice = [f"云溪新区管理委员会关于印发《{plan}》的通知", "云管发〔2021〕26号", "各街道办事处,区直各部门:"]
    signed = [f"现将《{plan}》印发给你们,请认真贯彻执行。", "云溪新区管理委员会", "二〇二一年十二月十一日"]
    assert identity(*notice, *signed, plan, "第一章 发展基础", PROSE) == Identity(
        title=plan,
        issuer="云溪新区管理委员会",
        document_number="云管发〔2021〕26号",
        issued_on="2021-12-11",
        region="云溪新区",
        period=PlanPeriod(start=2021, end=2025, horizon=2035),
    )


def test_a_page_title_speaks_for_a_text_without_one() -> None:
    assert identity("第一章 发展基础", PROSE, 网页标题="云溪新区“十四五”规划-云溪新区管委会").title == "云溪新区“十四五”规划"


def test_metadata_speaks_where_the_text_is_silent() -> None:
    metadata = {"发布机构": "云溪新区管委会", "成文日期": "2017-02-28", "文号": "云管发[2017]3号"}
    found = identity("二次创业五年行动计划纲要(2017-2021)", "一、目标", PROSE, **metadata)
    assert (found.issuer, found.issued_on, found.document_number) == tuple(metadata.values())
    assert found.region == "云溪新区"


def test_a_number_that_the_text_only_refers_to_is_not_its_own() -> None:
    referring = f"根据《数字规划》(青政发〔2022〕41号)精神,制定本方案。{PROSE}"
    assert identity("云溪新区数字经济行动方案", referring, "一、目标", PROSE).document_number is None


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["云溪新区“十四五”规划", "(2021年2月7日云溪新区第三届人民代表大会第一次会议批准)", "第一章 基础", PROSE], "2021-02-07"),
        (["政府工作报告", "——2024年1月29日在青川市第十五届人民代表大会第四次会议上", "一、回顾", PROSE], "2024-01-29"),
        (["云溪新区行动方案", "一、目标", PROSE, "青川市人民政府办公室 2022年11月3日印发"], "2022-11-03"),
        (["云溪新区行动计划", "(2017年2月)", "一、目标", PROSE], "2017-02"),
        (["云溪新区行动计划", "一、目标", PROSE], None),
    ],
)
def test_when_it_was_issued(lines: list[str], day: str | None) -> None:
    assert identity(*lines).issued_on == day


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("云溪新区国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", (2021, 2025, 2035)),
        ("云溪新区“十五五”规划纲要", (2026, 2030, None)),
        ("云溪县国民经济和社会发展第十一个五年规划纲要", (2006, 2010, None)),
        ("二次创业五年行动计划纲要(2017-2021)", (2017, 2021, None)),
        ("云溪市数字经济三年行动方案(2023—2025年)", (2023, 2025, None)),
        ("云溪市国土空间总体规划(2021—2035年)", (2021, 2035, None)),
        ("2024年云溪市政府工作报告", (2024, 2024, None)),
        ("关于做好2022年乡村振兴重点工作的实施意见", (2022, 2022, None)),
        ("云溪新区关于促进人才发展的若干措施", None),
    ],
)
def test_the_years_of_a_title(title: str, years: tuple[int | None, int | None, int | None] | None) -> None:
    assert period(title) == years


def test_the_years_that_the_text_tells() -> None:
    assert period("云溪新区综合交通规划", "本规划期限为2021—2025年,展望到2035年。") == (2021, 2025, 2035)
    assert period("政府工作报告", "二、2019年工作安排", PROSE) == (2019, 2019, None)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("青川市云溪区国民经济和社会发展第十四个五年规划", "青川市云溪区"),
        ("青川湖省级旅游度假区管理委员会", "青川湖省级旅游度假区"),
        ("中共云溪县委关于推进乡村振兴的意见", "云溪县"),
        ("云溪镇“十四五”规划", "云溪镇"),
        ("云溪市场监管规划", None),
        ("数字经济发展规划", None),
    ],
)
def test_the_place_a_title_begins_with(words: str, place: str | None) -> None:
    assert place_at_head(words) == place


def test_issuer_and_date_in_one_line_below_the_title() -> None:
    found = identity("关于加快建设教育强县的实施意见", "中共云溪县委 云溪县人民政府(2009年4月10日)", "一、发展目标", PROSE)
    assert (found.issued_on, found.region) == ("2009-04-10", "云溪县")
    assert (found.issuer or "").replace(" ", "") == "中共云溪县委云溪县人民政府"


@pytest.mark.parametrize(
    ("title", "line", "years", "reason"),
    [
        ("云溪市国企改革三年行动实施方案", "为贯彻国企改革三年行动(2020—2022年)部署,制定本方案。", (2020, 2022, None), "the years stand in the text"),
        ("云溪市国企改革三年行动实施方案", "衔接五年规划(2021—2025年),制定本方案。", None, "the years of another plan"),
        ("云溪市工业倍增计划的意见", "为实现“十二五”工业跨越发展,到2015年总产值翻番。", (2011, 2015, None), "the only plan named, due at its end"),
        ("云溪市工业倍增计划的意见", "“十一五”成效明显,“十二五”再上台阶,到2015年总产值翻番。", None, "two plans are named"),
        ("云溪市工业倍增计划的意见", "为实现“十二五”工业跨越发展,加快转型。", None, "nothing is due at its end"),
    ],
)
def test_the_period_from_the_text(title: str, line: str, years: tuple[int, int, int | None] | None, reason: str) -> None:
    assert period(title, line) == years, reason


@pytest.mark.parametrize(
    ("words", "place"),
    [("梅州市梅县区推进工程行动方案", "梅州市梅县区"), ("云溪县区域协调发展规划", "云溪县"), ("云溪县人民政府", "云溪县")],
)
def test_a_district_may_be_called_after_a_county(words: str, place: str) -> None:
    assert place_at_head(words) == place

