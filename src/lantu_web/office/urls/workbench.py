"""Addresses of the review workbench: the page of a plan's review, and below it what its acts swap."""

from __future__ import annotations

from django.urls import URLPattern, path

from lantu_web.office.views.workbench import candidates, findings, page, reshaping, sections, sentences

REVIEW = "z/<slug:zone>/plans/<int:pk>/review/"
CANDIDATE = f"{REVIEW}candidates/<int:candidate>/"
SECTION = f"{REVIEW}sections/<int:key>/"
SENTENCE = f"{REVIEW}sentences/<int:sentence>/"
FINDING = f"{REVIEW}findings/<int:finding>/"

urlpatterns: list[URLPattern] = [
    path(REVIEW, page.review, name="review"),
    path(f"{REVIEW}sheets/<int:key>/", page.sheet, name="review-sheet"),
    path(f"{REVIEW}add/", reshaping.add, name="candidate-add"),
    path(f"{REVIEW}merge/", reshaping.merge, name="candidate-merge"),
    path(CANDIDATE, candidates.card, name="candidate"),
    path(f"{CANDIDATE}history/", candidates.history, name="candidate-history"),
    path(f"{CANDIDATE}accept/", candidates.accept, name="candidate-accept"),
    path(f"{CANDIDATE}edit/", candidates.edit, name="candidate-edit"),
    path(f"{CANDIDATE}reject/", candidates.reject, name="candidate-reject"),
    path(f"{CANDIDATE}reopen/", candidates.reopen, name="candidate-reopen"),
    path(f"{CANDIDATE}split/", reshaping.split, name="candidate-split"),
    path(f"{SECTION}accept/", sections.accept, name="section-accept"),
    path(f"{SECTION}not-a-task/", sections.not_a_task, name="section-not-a-task"),
    path(f"{SENTENCE}not-a-task/", sentences.not_a_task, name="sentence-not-a-task"),
    path(f"{SENTENCE}reopen/", sentences.reopen, name="sentence-reopen"),
    path(f"{FINDING}settle/", findings.settle, name="finding-settle"),
    path(f"{FINDING}reopen/", findings.reopen, name="finding-reopen"),
    path(f"{FINDING}paper/", findings.from_paper, name="finding-paper"),
]
