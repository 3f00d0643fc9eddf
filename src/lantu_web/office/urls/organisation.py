"""Addresses of units, people, rights, zones and of the import."""

from __future__ import annotations

from django.urls import path

from lantu_web.office.views import administrators, groups, organisation_import, people, person, rights, unit_fates, units, zones

ZONE = "z/<slug:zone>/"
urlpatterns = [
    path(f"{ZONE}units/", units.tree, name="units"),
    path(f"{ZONE}units/new/", units.new, name="unit-new"),
    path(f"{ZONE}units/merge/", unit_fates.merge, name="unit-merge"),
    path(f"{ZONE}units/<int:pk>/", units.unit, name="unit"),
    path(f"{ZONE}units/<int:pk>/edit/", units.edit, name="unit-edit"),
    path(f"{ZONE}units/<int:pk>/shift/", units.shift, name="unit-shift"),
    path(f"{ZONE}units/<int:pk>/rename/", unit_fates.rename, name="unit-rename"),
    path(f"{ZONE}units/<int:pk>/split/", unit_fates.split, name="unit-split"),
    path(f"{ZONE}units/<int:pk>/dissolve/", unit_fates.dissolve, name="unit-dissolve"),
    path(f"{ZONE}units/<int:pk>/sections/new/", units.section_new, name="section-new"),
    path(f"{ZONE}units/<int:pk>/sections/<int:section>/", units.section_edit, name="section-edit"),
    path(f"{ZONE}units/<int:pk>/sections/<int:section>/retire/", units.section_retire, name="section-retire"),
    path(f"{ZONE}groups/", groups.groups, name="groups"),
    path(f"{ZONE}groups/new/", groups.new, name="group-new"),
    path(f"{ZONE}groups/<int:pk>/", groups.edit, name="group-edit"),
    path(f"{ZONE}people/", people.people, name="people"),
    path(f"{ZONE}people/new/", people.new, name="person-new"),
    path(f"{ZONE}people/join/", people.join, name="person-join"),
    path(f"{ZONE}people/<int:pk>/", person.person, name="person"),
    path(f"{ZONE}people/<int:pk>/edit/", person.edit, name="person-edit"),
    path(f"{ZONE}people/<int:pk>/active/", person.active, name="person-active"),
    path(f"{ZONE}people/<int:pk>/password/", person.password, name="person-password"),
    path(f"{ZONE}people/<int:pk>/second-factor/", person.second_factor, name="person-second-factor"),
    path(f"{ZONE}people/<int:pk>/posts/new/", person.post_new, name="post-new"),
    path(f"{ZONE}people/<int:pk>/posts/<int:post>/end/", person.post_end, name="post-end"),
    path(f"{ZONE}people/<int:pk>/identities/new/", person.identity_new, name="identity-new"),
    path(f"{ZONE}people/<int:pk>/identities/<int:identity>/drop/", person.identity_drop, name="identity-drop"),
    path(f"{ZONE}organisation/import/", organisation_import.upload, name="organisation-import"),
    path(f"{ZONE}organisation/import/template/", organisation_import.template, name="import-template"),
    path(f"{ZONE}organisation/import/today/", organisation_import.today, name="import-today"),
    path(f"{ZONE}organisation/import/<int:pk>/", organisation_import.dry_run, name="import-draft"),
    path(f"{ZONE}organisation/import/<int:pk>/confirm/", organisation_import.confirm, name="import-confirm"),
    path(f"{ZONE}organisation/import/<int:pk>/drop/", organisation_import.drop, name="import-drop"),
    path(f"{ZONE}rights/", rights.rights, name="rights"),
    path("zones/", zones.zones, name="zones"),
    path("zones/new/", zones.new, name="zone-new"),
    path("zones/<int:pk>/", zones.edit, name="zone-edit"),
    path("administrators/", administrators.administrators, name="administrators"),
    path("administrators/appoint/", administrators.appoint, name="administrator-appoint"),
    path("administrators/<int:pk>/end/", administrators.end, name="administrator-end"),
]
