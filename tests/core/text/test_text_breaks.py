"""Hard line breaks: broken sentences are one line again, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lantu.text.document import Document

HEAD = "云溪新区位于青川湖西岸,是全市南部片区的重要组成部分。\n"
JOINED = [
    ("重点培育高端装备、纺织服装、现代物流三个\n\n“千亿级”产业集群和信息产业集群,带动全区升级。", "over an empty line, after a numeral"),
    ("以提高土地利用效率为核心,对全区批而未供、供而未\n用、闲置低效用地进行清理,盘活存量。", "inside a word, the next line reads on"),
    ("坚持以人民为中心,全面推进健康云溪、平安云溪和\n美丽云溪建设,不断增进民生福祉。", "after a conjunction"),
    ("建设青川湖生态廊道(东起白石路,西\n至云溪河)和滨湖公园,新增绿地。", "inside brackets"),
    ("加快推进农产品加工、冷链物流、\n乡村旅游融合发展。", "after 、"),
    ("全面落实安全生产责任制,压实属地责任\n,坚决防范重特大事故。", "before a mark that opens no line"),
]


@pytest.mark.parametrize(("raw", "why"), JOINED, ids=[case[1] for case in JOINED])
def test_a_broken_sentence_is_joined(read: Callable[[str], Document], raw: str, why: str) -> None:
    document = read(HEAD + raw)
    assert document.text == HEAD + raw.replace("\n", "")
    assert document.repairs.counts["hard_breaks"] == 1


APART = [
    ("云溪新区国民经济和社会发展\n第十四个五年规划纲要\n(征求意见稿)", "a title over three lines"),
    ("第一章 深入实施创新驱动发展战略\n全面塑造发展新优势", "a chapter heading over two lines"),
    ("各镇人民政府,区各部门,青川湖管理中心有关单位\n《云溪新区发展规划》已经同意,现印发给你们,请认真组织实施。", "addressees"),
    (
        "城乡居民收入稳步提高,基本医疗保险覆盖率达到99.6%\n党的建设全面加强。扎实开展主题教育,队伍素质提高。",
        "a paragraph that lost its mark before a run-in heading",
    ),
    ("推进旧城更新,打造滨湖商圈\n实施路网工程,畅通对外通道\n建设智慧园区,提升服务能力", "a list of items without marks"),
    ("加快建设现代化云溪,谱写发展新篇章\n一、总体要求\n坚持稳中求进。", "before a heading"),
    ("云溪新区管理委员会\n2021年12月11日", "a signature and its date"),
    ("主要指标\n森林覆盖率\n32.1\n34.5", "table cells one a line"),
    ("各位代表:\n现在,我代表区管委会作工作报告,请予审议。", "a salutation"),
    ("专栏1 重点工程\n智慧水务工程。建设监测平台,覆盖全区。", "the caption of a box"),
    ("——绿色发展取得新成效,生态更优\n——人民生活达到新水平,收入更高", "dashed items"),
]


@pytest.mark.parametrize(("raw", "why"), APART, ids=[case[1] for case in APART])
def test_lines_that_stand_alone_stay(read: Callable[[str], Document], raw: str, why: str) -> None:
    assert read(HEAD + raw).text == HEAD + raw


WRAPPED = """    现在,我代表区管理委员会,向大会报告过去五年的工作和今
后五年的工作建议,请予审议,并请列席人员提出意见。
一、过去五年的工作回顾
    过去五年,全区上下坚持稳中求进总基调,圆满完成了各项目
标任务,实现了“十三五”圆满收官。
    ——经济总量迅速扩张。2020 年,全区生产总值完成58.2 亿
元,比2015 年净增27.6 亿元,年均递增8.1%;财政收入由1.35 亿
元增加到3.08 亿元,增长1.28 倍;五年累计完成固定资产投资
71 亿元,是前五年的3.3 倍。
    ——农业产业化步伐加快。粮食总产连续五年突破4 亿公斤,优
质稻占比达到七成。生猪出栏92 万头,产值占农业比重达到46%。
发展区级以上龙头企业38 家,带动农户6.5 万户。"""


def test_a_text_wrapped_at_a_width_is_one_paragraph_a_line(read: Callable[[str], Document]) -> None:
    assert read(WRAPPED).text.split("\n") == [
        "现在,我代表区管理委员会,向大会报告过去五年的工作和今后五年的工作建议,请予审议,并请列席人员提出意见。",
        "一、过去五年的工作回顾",
        "过去五年,全区上下坚持稳中求进总基调,圆满完成了各项目标任务,实现了“十三五”圆满收官。",
        "——经济总量迅速扩张。2020年,全区生产总值完成58.2亿元,比2015年净增27.6亿元,年均递增8.1%;"
        "财政收入由1.35亿元增加到3.08亿元,增长1.28倍;五年累计完成固定资产投资71亿元,是前五年的3.3倍。",
        "——农业产业化步伐加快。粮食总产连续五年突破4亿公斤,优质稻占比达到七成。"
        "生猪出栏92万头,产值占农业比重达到46%。发展区级以上龙头企业38家,带动农户6.5万户。",
    ]
