"""Figures, phenomenon by phenomenon, in sentences of a district that does not exist."""

from dataclasses import dataclass

import pytest
from tests.factories.documents import document

from lantu.compile import compile_document
from lantu.model import Figure

PLAN = "云溪新区国民经济和社会发展第十五个五年规划纲要\n第一章 发展目标\n{}\n"
RECAP = "云溪新区国民经济和社会发展第十五个五年规划纲要\n第一章 发展基础\n{}\n"


def figures(sentence: str, frame: str = PLAN) -> tuple[list[Figure], list[Figure]]:
    plan = compile_document(document(frame.format(sentence)))
    return list(plan.targets), list(plan.actuals)


def told(figure: Figure) -> str:
    """Subject, comparator, value, unit, year, period, measure: in one line that a reader can check."""
    value = "" if figure.value is None else f"{figure.value:g}" + (f"-{figure.value_high:g}" if figure.value_high else "")
    return f"{figure.subject} {figure.comparator.value} {value}{figure.unit} {figure.year} {figure.period and figure.period.value} {figure.measure.value}"


@dataclass(frozen=True)
class Case:
    sentence: str
    expected: list[str]
    why: str


TARGETS = [
    Case("到2030年,全区人口达到30万人。", ["人口 = 30万人 2030 by level"], "subject, verb, number; the scope word goes"),
    Case("规上工业产值突破500亿元。", ["规上工业产值 > 500亿元 None None level"], "突破 is more than"),
    Case("地区生产总值年均增长6.5%左右。", ["地区生产总值 ~ 6.5% None per-year growth"], "年均 is per year"),
    Case("到2030年,城镇登记失业率控制在4.5%以内。", ["城镇登记失业率 <= 4.5% 2030 by keep"], "控制在…以内"),
    Case("森林火灾受害率不超过0.9‰。", ["森林火灾受害率 <= 0.9‰ None None level"], "a cap without 控制"),
    Case("新增上市公司2-3家。", ["新增上市公司 range 2-3家 None None add"], "a range behind its noun"),
    Case("力争新增3至5家上市公司。", ["新增上市公司 range 3-5家 None None add"], "a range between verb and noun"),
    Case("建成3处以上口袋公园。", ["口袋公园 >= 3处 None None level"], "建成 leaves the thing built as subject"),
    Case("建成5G基站650个。", ["5G基站 = 650个 None None level"], "5G is a name"),
    Case("每年引进科研院所5家以上。", ["引进科研院所 >= 5家 None per-year add"], "每年 in the clause"),
    Case("到2030年,产值过10亿元企业达到10家、过亿元企业达到30家。", ["产值过10亿元企业 = 10家 2030 by level", "过亿元企业 = 30家 2030 by level"], "sizes stay in the subject"),
    Case("到2030年,床位、医师数分别达到900张、300人。", ["床位 = 900张 2030 by level", "医师数 = 300人 2030 by level"], "respective numbers"),
    Case("城镇和农村居民人均可支配收入年均分别增长6%和7%。", ["城镇居民人均可支配收入 = 6% None per-year growth", "农村居民人均可支配收入 = 7% None per-year growth"], "a shared tail"),
    Case("常住人口城镇化率由2025年的62%提高到2030年的68%。", ["常住人口城镇化率 = 68% 2030 by level"], "from … to is one target"),
    Case("新建污水管网12公里、雨水管网8公里。", ["新建污水管网 = 12公里 None None add", "雨水管网 = 8公里 None None add"], "the verb carries over the list"),
    Case("高新技术企业达到60家,产值占比达到45%。", ["高新技术企业 = 60家 None None level", "高新技术企业产值占比 = 45% None None level"], "an attribute of the clause before"),
    Case("新建住宅小区按每百户不少于20平方米的标准配建养老用房。", ["新建住宅小区每百户配建养老用房 >= 20平方米 None None level"], "a planning standard"),
    Case("到2030年,经济总量翻一番。", ["经济总量 = 2倍 2030 by growth"], "doubling"),
    Case("三成以上的行政村建成未来乡村。", ["建成未来乡村的行政村 >= 3成 None None level"], "tenths in words"),
    Case("百分之六十的社区建有食堂。", ["建有食堂的社区 = 60% None None level"], "per cent in words"),
    Case("五年新建学校十二所。", ["新建学校 = 12所 None span add"], "a Chinese numeral behind its noun"),
    Case("空气质量优良天数比率比“十四五”末提高3个百分点。", ["空气质量优良天数比率 = 3个百分点 None None growth"], "a comparison is no deadline"),
    Case("居民医护比达到1:1.2。", ["居民医护比(前项) = 1 None None level", "居民医护比(后项) = 1.2 None None level"], "a ratio is one object a part"),
    Case("围绕“1+4+16+N”规划体系,推进三大战役、五项工程,打造15分钟生活圈,进入世界500强。", [], "structures, names and standards count nothing"),
    Case("升级改造S102、G309等国省干线,开通12345热线。", [], "roads and lines are names"),
    Case("以12个专项规划为支撑。", [], "the frame of the plan"),
    Case("新兴产业、高新技术产业产值占规上工业产值比重分别达到30%、50%。", ["新兴产业产值占规上工业产值比重 = 30% None None level", "高新技术产业产值占规上工业产值比重 = 50% None None level"], "a tail that the list says once"),
    Case("再生水利用率达到35%。", ["再生水利用率 = 35% None None level"], "再 of 再生水 is no adverb"),
    Case("0-6岁儿童健康管理率达到95%。", ["0-6岁儿童健康管理率 = 95% None None level"], "an age group is part of the subject"),
    Case("30户以上自然村通硬化路比例达到100%。", ["30户以上自然村通硬化路比例 = 100% None None level"], "a size in households"),
    Case("按2025年不变价计算,地区生产总值达到500亿元。", ["地区生产总值 = 500亿元 None None level"], "the year of prices is no deadline"),
    Case("生机比达到8:1。", ["生机比(前项) = 8 None None level", "生机比(后项) = 1 None None level"], "a ratio of two"),
    Case("覆盖率、合规率、及时率均达到100%。", ["覆盖率、合规率、及时率 = 100% None None level"], "覆盖 of 覆盖率 is no verb"),
    Case("3个国控断面水质优良比例为100%。", ["3个国控断面水质优良比例 = 100% None None level"], "how many there are is said by the way"),
    Case("30万千瓦及以上燃煤机组全部完成改造。", [], "a size without a count is no figure"),
    Case("按照每万名常住人口1.75名核定疾控编制。", ["每万名常住人口核定疾控编制 = 1.75名 None None level"], "a staffing standard"),
    Case("每10名学生配置1台计算机。", ["每10名学生配置计算机 = 1台 None None level"], "a standard with its verb"),
    Case("建设2×66万千瓦机组。", [], "a product names a machine"),
    Case("粮食播种面积稳定在45万亩以上,产量达到18万吨。", ["粮食播种面积 >= 45万亩 None None keep", "粮食产量 = 18万吨 None None level"], "an attribute belongs to the noun, not to its attribute"),
    Case("确保6月底前5家企业入驻。", ["企业入驻 = 5家 None None level"], "a month is no word of the subject"),
    Case("规上工业增加值增长8%。", ["规上工业增加值 = 8% None None growth"], "增加值 is a noun"),
    Case("建成区面积控制在60平方公里以内。", ["建成区面积 <= 60平方公里 None None keep"], "建成 of 建成区 is no verb"),
    Case("第一、二、三产业增加值分别增长3%、6%、8%。", ["第一产业增加值 = 3% None None growth", "二产业增加值 = 6% None None growth", "三产业增加值 = 8% None None growth"], "numbered industries"),
    Case("每千名人口拥有执业医师数、注册护士数分别达到3.6人、4.2人。", ["每千名人口拥有执业医师数 = 3.6人 None None level", "每千名人口拥有注册护士数 = 4.2人 None None level"], "a head that the list says once"),
    Case("到2028年、2030年,城镇化率分别达到60%和65%。", ["城镇化率 = 60% 2028 by level", "城镇化率 = 65% 2030 by level"], "as many years as numbers"),
    Case("办电环节、办电时间分别压缩至2个、3个工作日以内。", ["办电环节 <= 2个工作日 None None level", "办电时间 <= 3个工作日 None None level"], "a unit that the row prints once"),
    Case("地区生产总值、工业产值分别突破1000亿元和1200亿元。", ["地区生产总值 > 1000亿元 None None level", "工业产值 > 1200亿元 None None level"], "a bound that the row says once"),
    Case("带息负债规模压降500亿元。", ["带息负债规模 = 500亿元 None None reduce"], "压降 is one word"),
    Case("教师年人均培训不少于72学时。", ["教师年人均培训 >= 72学时 None None add"], "均 of 人均 stays"),
    Case("地区生产总值达到500亿元,按可比价计算增长5%。", ["地区生产总值 = 500亿元 None None level", "地区生产总值 = 5% None None growth"], "how it is counted is no subject"),
    Case("城乡居民收入、农民收入年均分别实际增长6%、7%。", ["城乡居民收入 = 6% None per-year growth", "农民收入 = 7% None per-year growth"], "实际 names nothing"),
    Case("对年营业收入首次突破10亿元、50亿元的企业分别奖励20万元、50万元。", ["奖励 = 20万元 None None add", "奖励 = 50万元 None None add"], "whom a reward is for"),
    Case("区财政从2027年起每年安排专项资金1亿元。", ["区财政安排专项资金 = 1亿元 None per-year add"], "从…起 is time"),
    Case("60岁以上人口40万人,占18%。", ["60岁以上人口 = 40万人 None None level", "60岁以上人口占比 = 18% None None level"], "占 makes a share"),
    Case("每年引进3-5家进出口额过百万美元企业。", ["引进进出口额过百万美元企业 range 3-5家 None per-year add"], "a size stays in the subject behind the number too"),
    Case("居民收入比缩小到1.86。", ["居民收入比 = 1.86 None None level"], "any verb with 到 reaches a level"),
    Case("申报到拨付控制在15个工作日以内。", ["申报到拨付 <= 15个工作日 None None keep"], "a duration that is held"),
    Case("三年腾退低效企业65家。", ["腾退低效企业 = 65家 None span add"], "so much over so many years"),
    Case("对年综合能耗1000吨标准煤以上的企业开展节能诊断。", [], "whom a measure is for is no figure"),
    Case("每年压减煤炭消费5%。", ["压减煤炭消费 = 5% None per-year reduce"], "压减 by so much is no cap"),
    Case("新上工业项目亩均税收不低于25万元。", ["新上工业项目亩均税收 >= 25万元 None None level"], "an average is a level"),
]  # fmt: skip


@pytest.mark.parametrize("case", TARGETS, ids=lambda case: case.why)
def test_targets(case: Case) -> None:
    targets, actuals = figures(case.sentence)
    assert ([told(figure) for figure in targets], actuals) == (case.expected, []), case.why


ACTUALS = [
    Case("2025年,地区生产总值达到308亿元,年均增长4.9%。", ["地区生产总值 = 308亿元 2025 by level", "地区生产总值 = 4.9% None per-year growth"], "the year governs, 年均 does not carry it"),
    Case("212个村完成集体产权制度改革。", ["完成集体产权制度改革的村 = 212个 None None level"], "the number before its noun"),
    Case("9个国家级、33个省级改革试点进展顺利。", ["国家级改革试点进展顺利 = 9个 None None level", "省级改革试点进展顺利 = 33个 None None level"], "a head shared with the next item"),
    Case("新改扩建青川学校、北岸学校等10所品牌学校及37所幼儿园。", ["新改扩建品牌学校 = 10所 None None add", "新改扩建幼儿园 = 37所 None None add"], "the noun after a list of names"),
    Case("新建农村路159条86公里。", ["新建农村路 = 159条 None None add", "新建农村路 = 86公里 None None add"], "two numbers of one thing"),
    Case("三次产业结构调整为2:48:50。", ["第一产业占比(三次产业结构) = 2 None None level", "第二产业占比(三次产业结构) = 48 None None level", "第三产业占比(三次产业结构) = 50 None None level"], "the structure of industries"),
    Case("培育新型职业农民5000余名,新引进高端人才近百名。", ["培育新型职业农民 > 5000名 None None add", "新引进高端人才 ~ 100名 None None add"], "余 is more, 近 about"),
    Case("油茶种植面积连续五年居全市前列,达62万亩。", ["油茶种植面积 = 62万亩 None None level"], "the subject stands in the clause before"),
    Case("第十九届展会签约项目12个。", ["第十九届展会签约项目 = 12个 None None add"], "届 is an ordinal"),
]  # fmt: skip


@pytest.mark.parametrize("case", ACTUALS, ids=lambda case: case.why)
def test_actuals(case: Case) -> None:
    targets, actuals = figures(case.sentence, RECAP)
    assert (targets, [told(figure) for figure in actuals]) == ([], case.expected), case.why


def test_from_to_keeps_its_baseline() -> None:
    (target,), _ = figures("常住人口城镇化率由2025年的62%提高到2030年的68%。")
    assert (target.baseline, target.baseline_year) == (62.0, 2025)


def test_comparison_keeps_its_base_year() -> None:
    (target,), _ = figures("单位能耗较2025年降低15%。")
    assert (target.baseline_year, target.measure.value, target.value) == (2025, "reduce", 15.0)


def test_numbers_without_a_mark_between_are_reported() -> None:
    _, actuals = figures("2025年,财政收入、固定资产投资分别达到2.24亿20.3亿元。", RECAP)
    assert [(figure.subject, figure.value, figure.unit, figure.doubt) for figure in actuals] == [
        ("财政收入", 2.24, "亿元", "numbers_run_together"),
        ("固定资产投资", 20.3, "亿元", "numbers_run_together"),
    ]


def test_quote_span_and_base_unit() -> None:
    (target,), _ = figures("坚持以人为本。到2030年,全区人口达到30万人以上,环境更美。")
    plan = compile_document(document(PLAN.format("坚持以人为本。到2030年,全区人口达到30万人以上,环境更美。")))
    assert target.quote == "2030年,全区人口达到30万人以上"
    assert plan.text[target.span.start : target.span.end] == target.quote
    assert (target.value_si, target.unit_si) == (300000.0, "人")
