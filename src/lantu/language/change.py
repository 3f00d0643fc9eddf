"""Verbs that carry a number, and what they say of it: a level, growth, a reduction, an addition, something kept."""

from __future__ import annotations

import re

from lantu.language.units import alternation
from lantu.model import MeasureKind

LEVEL = """达到 达 为 是 实现 升至 升到 增至 增到 增加到 增加至 增长到 增长至 提高到 提高至 提升到 提升至 上升到 上升至 上升为 发展到 扩大到 扩大至 扩展到 拓展到
降至 降到 下降到 下降至 降低到 降低至 压减到 压减至 压缩到 压缩至 缩短到 缩短至 缩减到 缩减至 减少到 减少至 减至 精简到 精简至 建成 建有 拥有 具有 现有 共有 有 设有 保有 占 仅占 占到 形成
覆盖 覆盖到 涉及 惠及 完成率达 调整为 优化为 调整到 优化到 跃升至 跃居 攀升至 壮大到 稳步提高到 逐步提高到 等于 可达 已达 均达 均达到 分别达 分别达到 分别为
成立 建立 设立 聚集 集聚 汇聚 入驻 纳入 累计达 累计达到 总数达 总数达到 合计 共计 总计 高达 多达 用上 住上 延长到 延长至 冲刺 冲击 站上 迈上 跨越 迈过 翻至""".split()
KEEP = "保持在 稳定在 控制在 维持在 保持 稳定 维持 控制到 控制为 管控在 始终控制在 锁定在 守住 保有量保持在 稳定保持在".split()
GROWTH = "增长 提高 提升 上升 增加 增幅 增速 增 提速 扩大 增幅达 增长率 增加值增长 高出 翻 改善 增收 增产 上浮 延长 增至原来的 净增长 净增 递增".split()
REDUCE = "降低 下降 减少 压减 削减 缩短 减排 压缩 减 降 缩减 精简 下调 递减 减幅 降幅 累计下降 累计降低 回落 收窄 减负".split()
ADD = """新增 新建 引进 新引进 新招引 招引 培育 新培育 打造 创建 新创建 完成 实施 建设 改造 扩建 新改扩建 改扩建 改建 新(改、扩)建 新(改)建 组织 组织参加 参加 转化 申报 举办 开展 新签约 签约 签约引进 落地 开工 新开工 开工建设 推广 培训 培养
治理 修复 拆除 清理 关停 取缔 整治 整治提升 投入 投资 安排 发放 累计实施 争取 申请 授权 认定 新认定 获批 获得 荣获 入选 布局 栽植 植树 造林 铺设 敷设 开通 新开 新开通 购置 招聘 选派 输送 吸引 盘活 供应 储备 收储 出让 征收 搬迁 迁建
推进 启动 推动 支持 建造 兴建 续建 竣工 投产 投用 建好 办好 孵化 扶持 筹集 筹建 募集 融资 减免 退税 兑付 清偿 化解 处置 消化 处理 受理 办理 办结 检查 排查 排查整治 查处 破获 打掉 抓获 帮扶 救助 资助 补贴 补助 接待 吸纳 安置 转移 带动
引育 评选 命名 表彰 选树 推选 建档 选聘 聘请 引入 创办 新设 新设立 新成立 组建 上马 布设 架设 安装 更换 加装 更新 提质 升级 升级改造 改造提升 新发展 发展 开发 开辟 研发 制定 制修订 修订 发布 出台 编制 推出 增设 增配 配备 配建 新配建 到账 实际到账 到位 利用外资 实际利用外资
复垦 开垦 新增耕地 绿化 新增绿化 植绿 营造 抚育 退耕 封育 疏浚 清淤 净化 消除 淘汰 退出 腾退 腾出 腾空 盘活利用 技改 增持 新登记 登记 注册 新注册 认证 评定 新评定 创成 争创 建 拆 治 改 完善 提供 开设 打通 贯通 新打通 搭建 新搭建 承办 签订 达成 摘帽 脱贫 新晋 晋升 晋级 上云 上市 挂牌 新上市 升规 入库 新入库 储备入库 谋划 策划 谋划实施 滚动实施 新上 承接 外送 产出 灌溉 节约 节水 节能 节约用水 回收 收集 托管 划定 遴选 管护 种植 新植 新造 低改 栽种 养殖 出栏 存栏 年产 接入 设置 脱贫退出 剩余 增殖 投放 新打 新凿 新修 新铺 新购 新购置 新装 新投放 新聘 新栽 新种 新配 新挖 新上马 新创 解决 拆迁 划分 征拆 迁移 铺筑 浇筑""".split()

_CLASSES: dict[str, MeasureKind] = (
    dict.fromkeys(ADD, MeasureKind.ADD)
    | dict.fromkeys(LEVEL, MeasureKind.LEVEL)
    | dict.fromkeys(REDUCE, MeasureKind.REDUCE)
    | dict.fromkeys(GROWTH, MeasureKind.GROWTH)
    | dict.fromkeys(KEEP, MeasureKind.KEEP)
    | {"改善": MeasureKind.GROWTH}
)
_VERB = alternation(_CLASSES)
# Bounds that stand right before the number belong to the comparator, not to the verb.
_BOUND_END = re.compile(
    r"(?:约为?|近|超|超过|突破|不低于|不少于|不小于|不超过|不高于|不大于|不得低于|不得超过|至少|最少|最多|至多|大约|将近|接近|逾|过|高于|低于|大于|小于|多于|少于|不足|最高|最低|≥|≤|>|<|(?<!平)均|各|共|总计|累计|合计|原来的|:|了|到|至|为|在|于)+(?:每[亩户人千百万名平方公里米吨]{1,5})?$|每[亩户人千百万名平方公里米吨]{1,5}$"
)
_AT_END = re.compile(rf"({_VERB})(?:了|到|至|为|在|于|有|出|成)?$")
# At the head of a noun phrase: only verbs of two and more characters, single ones open too many nouns (建筑, 改革, 治安).
VERB_HEAD = alternation(word for word in _CLASSES if len(word) > 1)
_HEAD = re.compile(rf"({VERB_HEAD})")
# Inside a phrase, behind a short actor: only verbs that are hardly ever part of a noun.
_STRONG = re.compile(
    rf"({alternation(word for word in _CLASSES if len(word) > 1 and (word[0] == '新' and len(word) < 4 or word in ('建成', '引进', '创建', '打造', '培育', '完成', '实施', '招引', '创成', '引育', '建立', '设立', '举办', '扩建', '签约', '拆除', '关停', '取缔', '拥有', '形成', '达到')))})"
)


def measure_of(verb: str) -> MeasureKind:
    return _CLASSES[verb]


def without_bound(left: str) -> str:
    """"人口达到约" → "人口达到", "排放量不超过" → "排放量"."""
    verb = _AT_END.search(left, max(0, len(left) - 12))
    if verb is not None and len(verb[1]) > 1:
        return left
    return _BOUND_END.sub("", left, count=1)


def verb_at_end(left: str) -> tuple[str, int] | None:
    """("达到", 4) for "工业总值达到": the verb right before the number, bounds left out, and where it starts in ``left``."""
    left = without_bound(left)
    match = _AT_END.search(left, max(0, len(left) - 12))
    return (match[1], match.start()) if match else None


def verb_at_head(phrase: str) -> str | None:
    """The verb that a phrase opens with, longest first: "新建" for "新建生活垃圾转运站"."""
    match = _HEAD.match(phrase)
    return match[1] if match else None


def first_verb(phrase: str) -> tuple[str, int, int] | None:
    """The verb that carries the phrase, with its place: the one it opens with, else a strong one behind a short actor."""
    match = _HEAD.match(phrase) or _STRONG.search(phrase)
    return (match[1], match.start(), match.end()) if match else None
