"""The page: what it shows, to whom, with how many queries; fragments equal the page's parts."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.web import make_person, make_reviewed_plan, make_unit
from tests.web.workbench.conftest import LogIn, Review, make_review, span, url

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Zone
from lantu_web.office.views.workbench import outline as outline_html
from lantu_web.office.views.workbench import text
from lantu_web.office.views.workbench.outline import OutlineHtml
from lantu_web.plans.commands.review import accept
from lantu_web.plans.enums import PlanState
from lantu_web.plans.models import Candidate, Decision, Finding, Plan, Sentence
from lantu_web.plans.queries.outline import Counts, Outline, Section, outline
from lantu_web.plans.queries.review import coverage

TARGET = "产值达到500亿元"
SCRIPT = "<script>alert(1)</script>"


def section(html: str, mark: str) -> str:
    """The element with that id, up to its own closing tag."""
    found = re.search(rf'<(\w+)[^>]*\bid="{mark}"', html)
    assert found, mark
    depth = 0
    for tag in re.finditer(rf"<(/?){found[1]}\b[^>]*>", html[found.start() :]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return html[found.start() : found.start() + tag.end()].replace(' hx-swap-oob="true"', "")
    raise AssertionError(mark)


def addresses(review: Review) -> list[tuple[str, bool]]:
    """Every address below the review, and whether it is for deciding."""
    candidate, sentence = review.candidate(TARGET).pk, review.sentence("我们").pk
    finding, heading = review.finding.pk, review.headings["目标"].pk
    reading = [("review",), ("review-sheet", heading), ("candidate", candidate), ("candidate-history", candidate)]
    deciding: list[tuple[Any, ...]] = [
        ("candidate-accept", candidate), ("candidate-edit", candidate), ("candidate-reject", candidate), ("candidate-reopen", candidate),
        ("candidate-split", candidate), ("candidate-add",), ("candidate-merge",), ("section-accept", heading), ("section-not-a-task", heading),
        ("sentence-not-a-task", sentence), ("sentence-reopen", sentence), ("finding-settle", finding), ("finding-reopen", finding),
        ("finding-paper", finding),
    ]  # fmt: skip
    return [(url(review, *told), False) for told in reading] + [(url(review, *told), True) for told in deciding]


@pytest.mark.django_db
def test_the_page_shows_text_candidates_findings_and_coverage(review: Review, browser: Client) -> None:
    page = browser.get(url(review), {"section": review.headings["产业"].pk}).getvalue().decode()
    for row in Sentence.objects.all():
        assert f'data-start="{row.start}"' in section(page, f"s{row.pk}")
        assert row.text in section(page, f"s{row.pk}")
    assert "此处数字缺失" in section(page, f"f{review.finding.pk}")
    assert f'data-finding="{review.finding.pk}"' in section(page, f"m{review.finding.pk}")
    assert [int(pk) for pk in re.findall(r'data-candidate="(\d+)"', page)] == list(
        Candidate.objects.order_by("start", "end").values_list("pk", flat=True)[2:]
    )
    assert "建设智能装备产业园" in section(page, f"c{review.candidate('完善配套管网').parent_id}")


@pytest.mark.django_db
def test_a_plan_that_was_not_read_says_what_to_do(zone: Zone, unit: object, browser: Client) -> None:
    plan = Plan.objects.create(zone=zone, name="未上传的规划")
    page = browser.get(reverse("office:review", args=[zone.slug, plan.pk])).getvalue().decode()
    assert "尚无可审核的文本" in page


@pytest.mark.django_db
def test_strangers_learn_nothing(review: Review, other_zone: Zone, logged_in: LogIn) -> None:
    stranger = logged_in(make_person(Role.PLANNING_OFFICER, other_zone)[0])
    for address, _decides in addresses(review):
        for ask in (stranger.get, stranger.post):
            assert ask(address).status_code in (404, 405), address
        assert Client().get(address).headers.get("Location", "").startswith("/login/"), address
    assert Decision.objects.count() == 0


@pytest.mark.django_db
def test_an_officer_reaches_nothing_of_another_plan_or_zone_through_his_own(review: Review, other_zone: Zone, browser: Client) -> None:
    other = make_review(other_zone)
    mixed = [
        url(review, "candidate-accept", other.candidate(TARGET).pk), url(review, "section-accept", other.headings["目标"].pk),
        url(review, "sentence-not-a-task", other.sentence("我们").pk), url(review, "finding-settle", other.finding.pk),
    ]  # fmt: skip
    assert [browser.post(address, {"expected": 1}).status_code for address in mixed] == [404, 404, 404, 404]


@pytest.mark.django_db
def test_readers_of_drafts_see_it_and_decide_nothing(review: Review, logged_in: LogIn) -> None:
    leader = logged_in(make_person(Role.LEADER, review.plan.zone)[0])
    page = leader.get(url(review)).getvalue().decode()
    assert (review.sentence("我们").text in page, "hx-post" in section(page, "workbench"), "wb-tools" in page) == (True, False, False)
    assert {leader.post(address).status_code for address, decides in addresses(review) if decides} == {403}


@pytest.mark.django_db
def test_a_unit_sees_drafts_of_its_own_only(review: Review, logged_in: LogIn) -> None:
    own = logged_in(make_person(Role.CONTACT_PERSON, review.plan.zone, review.plan.unit)[0])
    other = logged_in(make_person(Role.CONTACT_PERSON, review.plan.zone, make_unit(review.plan.zone, "水务局"))[0])
    evaluator = logged_in(make_person(Role.EVALUATOR, review.plan.zone)[0])
    assert [client.get(url(review)).status_code for client in (own, other, evaluator)] == [200, 404, 403]


@pytest.mark.django_db
@pytest.mark.parametrize("state", [PlanState.APPROVED, PlanState.CLOSED])
def test_after_approval_the_page_stays_readable_and_decides_nothing(state: PlanState, review: Review, browser: Client) -> None:
    Plan.objects.update(state=state, approved_on="2026-01-01", approving_body="区管委会", document_number="云管发〔2026〕1号")
    page = browser.get(url(review)).getvalue().decode()
    assert "hx-post" not in section(page, "workbench")
    answer = browser.post(url(review, "candidate-accept", review.candidate(TARGET).pk), {"expected": 1})
    assert (answer.status_code, review.candidate(TARGET).state) == (409, "open")


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 3])
def test_queries_do_not_grow_with_the_plan(many: int, zone: Zone, unit: object, browser: Client, django_assert_num_queries: Any) -> None:
    for number in range(many):
        made = make_review(zone, name=f"规划{number}")
    for row in list(Candidate.objects.filter(plan=made.plan)):
        for _more in range(many - 1):
            row.pk = None
            row.save()
    browser.get(url(made))
    with django_assert_num_queries(14):
        browser.get(url(made)).getvalue()
    with django_assert_num_queries(11):
        browser.get(url(made, "review-sheet", made.headings["任务"].pk))


@pytest.mark.django_db
def test_accepting_asks_so_many_queries(review: Review, browser: Client, django_assert_num_queries: Any) -> None:
    row = review.candidate(TARGET)
    browser.get(url(review))
    with django_assert_num_queries(29):
        browser.post(url(review, "candidate-accept", row.pk), {"expected": 1})


@pytest.mark.django_db
def test_what_an_act_swaps_is_what_the_page_shows(review: Review, browser: Client) -> None:
    row = review.candidate(TARGET)
    answer = browser.post(url(review, "candidate-accept", row.pk), {"expected": 1})
    fragment = answer.getvalue().decode()
    page = browser.get(url(review), {"section": review.headings["目标"].pk}).getvalue().decode()
    parts = [f"c{row.pk}", f"k{review.headings['目标'].pk}", "wb-coverage", f"s{review.sentence('到2030').pk}", f"o{review.headings['目标'].pk}"]
    assert [section(fragment, part) for part in parts] == [section(page, part) for part in parts]
    assert re.findall(r'\bid="([a-z][\w-]*)"[^>]*hx-swap-oob', fragment) == parts[1:]
    assert json.loads(answer["HX-Trigger-After-Settle"]) == {"wb:focus": {"id": f"c{row.pk}"}}
    assert (answer.status_code, 'data-standing="covered"' in section(page, parts[3])) == (200, True)


@pytest.mark.django_db
def test_the_sheet_swapped_is_that_of_the_page(review: Review, browser: Client) -> None:
    key = review.headings["任务"].pk
    for query in ({}, {"of": "task"}, {"state": "open", "doubt": "on"}, {"whose": "mine"}, {"of": "nonsense", "whose": "all"}):
        fragment = browser.get(url(review, "review-sheet", key), query).getvalue().decode()
        page = browser.get(url(review), {"section": key, **query}).getvalue().decode()
        assert section(page, "wb-sheet").split() == fragment.split()


@pytest.mark.django_db
def test_filters_show_kinds_states_doubts_mine_and_others(review: Review, browser: Client, officer: Person, colleague: Person) -> None:
    accept(by=officer, candidate=review.candidate("完善配套管网"), expected=1)
    accept(by=colleague, candidate=review.candidate(TARGET), expected=1)

    def shown(**query: str) -> list[str]:
        quotes = []
        for title in ("目标", "任务"):
            fragment = browser.get(url(review, "review-sheet", review.headings[title].pk), query).getvalue().decode()
            quotes += [Candidate.objects.get(pk=pk).quote[:4] for pk in re.findall(r'data-candidate="(\d+)"', fragment)]
        return quotes

    assert shown() == ["产值达到", "企业达到", "建设智能", "完善配套", "新建污水"]
    assert shown(of="target") == ["产值达到", "企业达到"]
    assert shown(state="accepted") == ["产值达到", "完善配套"]
    assert shown(doubt="on") == ["企业达到"]
    assert (shown(whose="mine"), shown(whose="others")) == (["完善配套"], ["产值达到"])


@pytest.mark.django_db
def test_a_conflict_shows_who_was_first_and_keeps_what_was_typed(review: Review, browser: Client, colleague: Person) -> None:
    row = review.candidate(TARGET)
    accept(by=colleague, candidate=row, expected=1)
    values = {**row.content, "subject": "我改的名称", "expected": 1, "value_high": "", "baseline": "", "baseline_year": "", "year": ""}
    answer = browser.post(url(review, "candidate-edit", row.pk), values)
    card = section(answer.getvalue().decode(), f"c{row.pk}")
    assert (answer.status_code, "钱明远" in card, 'value="我改的名称"' in card, 'name="expected" value="2"' in card) == (
        409,
        True,
        True,
        True,
    )
    assert 'data-state="accepted"' in card
    assert review.candidate(TARGET).content["subject"] == "产值"
    again = browser.post(url(review, "candidate-edit", row.pk), {**values, "expected": 2})
    assert (again.status_code, review.candidate(TARGET).label) == (200, "我改的名称 500亿元")


@pytest.mark.django_db
def test_every_form_opens_and_every_act_answers(review: Review, browser: Client) -> None:
    both, whole, water = (
        review.candidate(text) for text in ("企业达到30家、研发机构达到5家", "建设智能装备产业园。完善配套管网。", "新建污水处理厂？座")
    )
    for name in ("candidate", "candidate-edit", "candidate-reject", "candidate-split", "candidate-history"):
        assert f'id="c{both.pk}"' in browser.get(url(review, name, both.pk)).getvalue().decode()
    assert browser.post(url(review, "candidate-reject", water.pk), {"expected": 1, "reason": "other", "note": ""}).status_code == 422
    assert browser.post(url(review, "candidate-reject", water.pk), {"expected": 1, "reason": "misread"}).status_code == 200
    assert browser.post(url(review, "candidate-reopen", water.pk), {"expected": 2}).status_code == 200
    parts = browser.post(url(review, "candidate-split", both.pk), {"lines": "企业达到30家\n研发机构达到5家"}).getvalue().decode()
    places = re.findall(r'name="(\d-(?:start|end))" value="(\d+)"', parts)
    assert [tuple(map(int, (places[0][1], places[1][1]))), tuple(map(int, (places[2][1], places[3][1])))] == [
        span("企业达到30家"),
        span("研发机构达到5家"),
    ]
    fields = {
        f"{n}-{name}": value
        for n, subject, number in ((1, "企业", "30"), (2, "研发机构", "5"))
        for name, value in (("subject", subject), ("comparator", "="), ("measure", "level"), ("value", number), ("unit", "家"))
    }
    answer = browser.post(url(review, "candidate-split", both.pk), {"expected": 1, "parts": 2, **dict(places), **fields, "accept": "1"})
    assert (answer.status_code, answer["HX-Retarget"], Candidate.objects.filter(origin="split", state="accepted").count()) == (
        200,
        "#wb-sheet",
        2,
    )
    seen = f"{whole.pk}:1,{water.pk}:3"
    assert 'name="merge-title"' in browser.get(url(review, "candidate-merge"), {"seen": seen}).getvalue().decode()
    assert browser.post(url(review, "candidate-merge"), {"seen": seen, "merge-title": "园区与治水", "accept": "1"}).status_code == 200
    start, end = span("我们团结一心。")
    form = browser.get(url(review, "candidate-add"), {"kind": "task", "start": start, "end": end}).getvalue().decode()
    assert 'value="我们团结一心"' in form
    answer = browser.post(url(review, "candidate-add"), {"kind": "task", "start": start, "end": end, "add-title": "团结"})
    assert (answer.status_code, Candidate.objects.get(origin="added").label) == (200, "团结")


@pytest.mark.django_db
def test_sections_sentences_and_findings_by_their_dialogs(review: Review, browser: Client) -> None:
    key = review.headings["目标"].pk
    dialog = browser.get(url(review, "section-accept", key)).getvalue().decode()
    seen, doubt = re.findall(r'name="seen(?:_doubt)?" value="([\d:,]*)"', dialog)
    assert browser.post(url(review, "section-accept", key), {"seen": seen + "," + doubt}).status_code == 422
    assert browser.post(url(review, "section-accept", key), {"seen": seen, "seen_doubt": doubt, "with_doubt": "1"}).status_code == 200
    assert browser.post(url(review, "section-accept", key), {"seen": seen}).status_code == 409
    sentence = review.sentence("我们")
    assert sentence.text in browser.get(url(review, "sentence-not-a-task", sentence.pk)).getvalue().decode()
    answer = browser.post(url(review, "sentence-not-a-task", sentence.pk), {"expected": 1, "reason": "表态"})
    assert 'data-standing="not_a_task"' in section(answer.getvalue().decode(), f"s{sentence.pk}")
    assert browser.post(url(review, "sentence-not-a-task", sentence.pk), {"expected": 1, "reason": "表态"}).status_code == 409
    assert browser.post(url(review, "sentence-reopen", sentence.pk), {"expected": 2}).status_code == 200
    key = review.headings["任务"].pk
    dialog = browser.get(url(review, "section-not-a-task", key)).getvalue().decode()
    seen = re.findall(r'name="seen" value="([\d:,]+)"', dialog)[0]
    assert browser.post(url(review, "section-not-a-task", key), {"seen": seen, "reason": "表述"}).status_code == 200
    assert set(review.standings().values()) == {"covered", "not_a_task"}
    finding = review.finding
    assert (
        browser.post(url(review, "finding-settle", finding.pk), {"expected": 1, "settlement": "asked_issuer", "note": ""}).status_code
        == 422
    )
    assert browser.post(url(review, "finding-settle", finding.pk), {"expected": 1, "settlement": "no_matter"}).status_code == 200
    assert browser.post(url(review, "finding-reopen", finding.pk), {"expected": 2}).status_code == 200
    assert "此处数字缺失" in browser.get(url(review, "finding-paper", finding.pk)).getvalue().decode()
    values = {
        "expected": 3,
        "kind": "target",
        "paper-subject": "污水处理厂",
        "paper-comparator": "=",
        "paper-measure": "level",
        "paper-value": "2",
    }
    assert browser.post(url(review, "finding-paper", finding.pk), values).status_code == 200
    assert (review.finding.settlement, Finding.objects.get().candidate) == ("typed_from_paper", Candidate.objects.get(origin="paper"))


@pytest.mark.django_db
def test_sections_far_away_are_folded_and_none_breaks_out(review: Review, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    Sentence.objects.filter(pk=review.sentence("我们").pk).update(text="</script><img src=x>")
    whole = browser.get(url(review)).getvalue().decode()
    monkeypatch.setattr(text, "NEAR", 0)
    folded = browser.get(url(review)).getvalue().decode()
    parts = re.findall(r'<section class="part[^>]*>(<script type="text/html">)?(.*?)(?(1)</script>)</section>', folded)
    assert [bool(fold) for fold, _html in parts] == [False, True, True, True]
    assert [html for _fold, html in parts] == re.findall(r'<section class="part[^>]*>(.*?)</section>', whole)
    assert ("</script><img" in folded, "&lt;/script&gt;&lt;img src=x&gt;" in folded) == (False, True)


@pytest.mark.django_db
def test_hostile_words_are_shown_and_never_run(review: Review, browser: Client) -> None:
    Sentence.objects.filter(pk=review.sentence("我们").pk).update(text=SCRIPT, reason='"><b>bold')
    Finding.objects.update(message=SCRIPT, note=SCRIPT, severity="note")
    Candidate.objects.update(label=SCRIPT, quote=SCRIPT, doubt=SCRIPT, note=SCRIPT)
    page = browser.get(url(review)).getvalue().decode()
    assert (SCRIPT in page, '"><b>bold' in page, page.count("&lt;script&gt;") > 5) == (False, False, True)
    for name, args in (("candidate-edit", "c"), ("candidate-split", "c"), ("candidate-history", "c")):
        assert args and SCRIPT not in browser.get(url(review, name, Candidate.objects.all()[0].pk)).getvalue().decode()


@pytest.mark.django_db
def test_the_outline_counts_what_is_below_and_parts_long_plans_into_sheets(review: Review, officer: Person) -> None:
    accept(by=officer, candidate=review.candidate("完善配套管网"), expected=1)
    found = outline(review.plan)
    counts = {one.title: (one.total.open, one.total.accepted, one.total.sentences, one.total.findings) for one in found.sections}
    assert counts == {"目标": (2, 0, 2, 0), "任务": (2, 1, 3, 1), "产业": (1, 1, 2, 0), "生态": (1, 0, 1, 1)}
    assert [(sheet.section.title, sheet.is_whole) for sheet in found.sheets] == [("目标", True), ("任务", True)]
    row = review.candidate("新建污水处理厂？座")
    for _more in range(60):
        row.pk = None
        row.save()
    found = outline(review.plan)
    assert [(sheet.section.title, sheet.is_whole) for sheet in found.sheets] == [("目标", True), ("产业", True), ("生态", True)]
    assert found.sheet_of[review.headings["任务"].pk].section.title == "产业"


@pytest.mark.django_db
def test_coverage_counts_characters_and_what_is_left(review: Review, officer: Person) -> None:
    accept(by=officer, candidate=review.candidate(TARGET), expected=1)
    told = coverage(review.plan, outline(review.plan))
    covered = len(review.sentence("到2030").text)
    whole = sum(len(row.text) for row in Sentence.objects.exclude(standing="left_out"))
    assert (told.covered, told.characters, told.covered_sentences, told.open_sentences) == (covered, whole, 1, 5)
    assert (told.open_candidates, told.decided_candidates, told.open_findings, told.done_percent) == (4, 1, 1, 100 * covered // whole)


@pytest.mark.django_db
def test_a_plan_as_the_library_lays_it_out_is_shown_whole(zone: Zone, unit: object, browser: Client) -> None:
    plan = make_reviewed_plan(zone)
    page = browser.get(reverse("office:review", args=[zone.slug, plan.pk])).getvalue().decode()
    assert [text for text in Sentence.objects.filter(plan=plan).values_list("text", flat=True) if text not in page] == []


def test_lines_far_from_the_heading_shown_first_are_sent_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outline_html, "NEAR", 1)
    sections = tuple(
        Section(key=key, parent=None, level=1, number="", title=f"<标题{key}>", is_box=False, start=key, own=Counts(), total=Counts(), below=())
        for key in range(1, 6)
    )
    lines = OutlineHtml().items(Outline(sections=sections, text={}), first=3).replace("</script>", "</script>\n").split("\n")
    told = [re.findall(r"&lt;标题(\d)&gt;", line) for line in lines]
    assert (told, [line.startswith('<script type="text/html">') for line in lines]) == ([["1"], ["2", "3", "4", "5"], []], [True, False, False])
