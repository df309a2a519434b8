"""Pages of the admin beside the forms: preview, history, our new default, files, dry run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import get_template, render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.models import Case
from playbooks import dryrun, loading, preview, queries, versions, writing
from playbooks.admin_forms import ImportForm
from playbooks.models import Playbook, Route, Step
from playbooks.routing import Condition
from shops.admin_base import owned_shops
from shops.models import Shop

Admin = ModelAdmin  # generic for the type checker only
MARK = "<!--rows-->"
SHOWN = 500  # rows in the table; the count goes on
EVERY = 250  # cases between two signs of progress


def playbook_of(model_admin: Any, request: HttpRequest, pk: int) -> Playbook:
    """A playbook this person may edit: 403 without the right, 404 outside of their shops."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    playbook: Playbook | None = model_admin.get_queryset(request).select_related("shop").filter(pk=pk).first()
    if playbook is None:
        raise Http404
    return playbook


def context_of(model_admin: Any, request: HttpRequest, title: str, **more: Any) -> dict[str, Any]:
    """What every page of the admin needs."""
    return {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "title": title, **more}


def edit_url(playbook: Playbook) -> str:
    return reverse("admin:playbooks_playbook_change", args=[playbook.pk])


# --- words and history ------------------------------------------------------------------------------------------------


def preview_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Every message in both languages, filled from the sample or from a real case, with the guard's word."""
    playbook = playbook_of(model_admin, request, pk)
    cases = Case.objects.filter(shop=playbook.shop).select_related("customer", "order", "shop").order_by("-pk")
    recent = list(cases[:20])
    code = request.GET.get("case", "")
    case = next((one for one in recent if one.code == code), None) or (
        cases.filter(code=code).first() if code else None
    )
    shown = preview.messages(playbook, case)
    more = {"playbook": playbook, "messages_shown": shown, "recent": recent, "case": case}
    title = _("Preview of %(playbook)s") % {"playbook": playbook}
    return TemplateResponse(request, "admin/playbooks/preview.html", context_of(model_admin, request, title, **more))


def versions_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """The history; two versions side by side."""
    playbook = playbook_of(model_admin, request, pk)
    rows = list(playbook.versions.select_related("by").order_by("-number")[:100])
    number = request.GET.get("of", "")
    chosen = next((row for row in rows if str(row.number) == number), rows[0] if rows else None)
    before = next((row for row in rows if chosen and row.number < chosen.number), None)
    if base := request.GET.get("from", ""):
        before = next((row for row in rows if str(row.number) == base), before)
    changes = versions.compare(before.snapshot, chosen.snapshot) if before and chosen else []
    more = {
        "playbook": playbook,
        "versions": rows,
        "chosen": chosen,
        "before": before,
        "changes": labelled(changes),
        "is_newest": bool(chosen and chosen.number == playbook.version),
    }
    title = _("History of %(playbook)s") % {"playbook": playbook}
    return TemplateResponse(request, "admin/playbooks/versions.html", context_of(model_admin, request, title, **more))


def labelled(changes: Sequence[versions.Change]) -> list[dict[str, Any]]:
    """Changes with the names of their columns in words."""
    names = {f.name: f.verbose_name for model in (Playbook, Step) for f in model._meta.concrete_fields}
    return [{"step": one.step, "field": names.get(one.field, one.field), "pieces": one.pieces} for one in changes]


@require_POST
def restore_post(request: HttpRequest, playbook: Playbook, number: int) -> HttpResponse:
    version = get_object_or_404(playbook.versions, number=number)
    versions.restore(playbook, version, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Version %(n)d is the current one again.") % {"n": number})
    return redirect(edit_url(playbook))


def restore(model_admin: Any, request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Make an earlier version the current one."""
    return restore_post(request, playbook_of(model_admin, request, pk), number)


def default_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """What our default says now beside the shop's words; take it over or keep one's own."""
    playbook = playbook_of(model_admin, request, pk)
    ours = loading.default_snapshot(playbook.code)
    if ours is None:
        raise Http404
    if request.method == "POST":
        if request.POST.get("answer") == "take":
            versions.take_default(playbook, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("Our default is in place. Your own words are in the history."))
        else:
            versions.keep_own(playbook)
            messages.success(request, _("Your own words stay."))
        return redirect(edit_url(playbook))
    changes = labelled(versions.compare(loading.snapshot(playbook), ours))
    title = _("Our default of %(playbook)s") % {"playbook": playbook}
    context = context_of(model_admin, request, title, playbook=playbook, changes=changes)
    return TemplateResponse(request, "admin/playbooks/default.html", context)


def duplicate(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """A copy to try things on; asked for by POST."""
    playbook = playbook_of(model_admin, request, pk)
    if request.method != "POST":
        return redirect(edit_url(playbook))
    copy = versions.duplicate(playbook, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("This is the copy. It is not active yet, and no route leads to it."))
    return redirect(edit_url(copy))


# --- files ------------------------------------------------------------------------------------------------------------


def export(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """The playbook as a YAML file."""
    playbook = playbook_of(model_admin, request, pk)
    response = HttpResponse(writing.as_yaml(playbook), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{playbook.code}.yaml"'
    return response


def import_file(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """A playbook from a YAML file: checked like one that is typed."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    shops = owned_shops(request)
    form = ImportForm(
        Shop.objects.all() if shops is None else Shop.objects.filter(pk__in=shops), request.POST or None, request.FILES
    )
    found: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data["file"].read(writing.MAX_BYTES + 1).decode("utf-8")
            playbook = writing.store(form.cleaned_data["shop"], writing.read(text), by=request.user)  # type: ignore[arg-type]
        except UnicodeDecodeError:
            found = [_("The file is not text in UTF-8.")]
        except writing.Unreadable as error:
            found = error.problems
        else:
            messages.success(request, _("Stored. Read the words once more before you make it active."))
            return redirect(edit_url(playbook))
    context = context_of(model_admin, request, _("Import a playbook"), form=form, problems=found)
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "admin/playbooks/import.html", context, status=status)


# --- dry run ----------------------------------------------------------------------------------------------------------


def playbook_dry_run(model_admin: Any, request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Which of the last cases this playbook would take with the routes as they are."""
    playbook = playbook_of(model_admin, request, pk)
    title = _("Dry run of %(playbook)s") % {"playbook": playbook}
    context = context_of(model_admin, request, title, back=edit_url(playbook), subject=playbook)
    return stream(request, context, playbook.shop, queries.routes_of(playbook.shop), playbook=playbook.code)


def route_dry_run(model_admin: Any, request: HttpRequest, pk: int | None) -> Any:
    """Which of the last cases a route would take, saved or as it stands in the form."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    rule: Route | None = model_admin.get_queryset(request).select_related("playbook", "shop").filter(pk=pk).first()
    if pk and rule is None:
        raise Http404
    if request.method == "POST":
        form = model_admin.get_form(request, rule)(request.POST, instance=rule)
        if not form.is_valid():
            messages.error(request, _("Mend the route first: %(what)s") % {"what": first_error(form)})
            back = reverse("admin:playbooks_route_change", args=[pk]) if pk else reverse("admin:playbooks_route_add")
            return redirect(back)
        rule = form.instance
    if rule is None:
        return redirect("admin:playbooks_route_changelist")
    candidate = queries.condition_of(rule)
    routes = queries.routes_of(rule.shop)
    place = (
        Route.objects.filter(
            shop=rule.shop, slot=rule.slot, is_active=True, playbook__is_active=True, position__lt=rule.position
        )
        .exclude(pk=rule.pk)
        .count()
    )
    title = _("Dry run of the route to %(playbook)s") % {"playbook": rule.playbook}
    back = reverse("admin:playbooks_route_change", args=[pk]) if pk else reverse("admin:playbooks_route_changelist")
    context = context_of(model_admin, request, title, back=back, subject=rule)
    conditions = dryrun.with_candidate(routes, candidate, place) if rule.is_active else routes
    return stream(request, context, rule.shop, conditions, taken_by=candidate.route)


def first_error(form: Any) -> str:
    return next((f"{name}: {errors[0]}" for name, errors in form.errors.items()), "")


def stream(
    request: HttpRequest, context: dict[str, Any], shop: Shop, conditions: Sequence[Condition], **taken: Any
) -> StreamingHttpResponse:
    """The page in pieces: its head at once, then row after row, then the sum."""
    rows = dryrun.treatments_of(shop)
    head, tail = render_to_string(
        "admin/playbooks/dry_run.html", {**context, "total": rows.count(), "days": dryrun.DAYS, "mark": MARK}, request
    ).split(MARK)
    response = StreamingHttpResponse(pieces(head, tail, rows, conditions, dryrun.steps_by_code(shop), taken))
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def pieces(head: str, tail: str, rows: Any, conditions: Any, titles: Any, taken: Any) -> Iterator[str]:
    """HTML piece by piece; at most SHOWN rows, and a sign of progress every EVERY cases."""
    line, summary = get_template("admin/playbooks/_dry_run_row.html"), get_template("admin/playbooks/_dry_run_sum.html")
    tally, shown = dryrun.Tally(), 0
    yield head
    for row in dryrun.run(rows, conditions, tally=tally, **taken):
        if row is not None and shown < SHOWN:
            shown += 1
            more = {code: titles.get(code, []) for code in row.added}
            yield line.render({"row": row, "seen": tally.seen, "more": more})
        elif tally.seen % EVERY == 0:
            yield f'<tr hidden data-seen="{tally.seen}"></tr>'
    yield tail.replace("<!--sum-->", summary.render({"tally": tally, "shown": shown, "most": SHOWN}))
