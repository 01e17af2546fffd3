"""Addresses of rounds, applications and meetings."""

from django.urls import path

from idesluss.web.funding.views import (
    applying,
    carrying,
    celebrating,
    checking,
    closing,
    endorsing,
    following,
    handling,
    inviting,
    ledger,
    meeting,
    money,
    news,
    opening,
    present,
    proposing,
    public,
    release,
    rounds,
    screen,
    submitting,
)

app_name = "funding"

ROUND = "<slug:org>/rounds/<slug:slug>/"
CASE = "<slug:org>/applications/<int:pk>/"
FUND = "<slug:org>/funds/<int:pk>/money/"

urlpatterns = [
    # A round as everybody sees it
    path(ROUND, public.round_page, name="round"),
    path(f"{ROUND}round.csv", public.round_csv, name="round_csv"),
    path(f"{ROUND}round.json", public.round_json, name="round_json"),
    # The applicant
    path(f"{ROUND}apply/", applying.apply, name="apply"),
    path("<slug:org>/applications/", following.my_applications, name="mine"),
    path(CASE, following.application, name="application"),
    path(f"{CASE}edit/<slug:step>/", applying.edit, name="edit"),
    path(f"{CASE}carry/", carrying.carry, name="carry"),
    path(f"{CASE}submit/", submitting.submit, name="submit"),
    path(f"{CASE}receipt/", following.receipt, name="receipt"),
    path(f"{CASE}print/", following.print_view, name="print"),
    path(f"{CASE}withdraw/", following.withdraw_page, name="withdraw"),
    path(f"{CASE}complete/", following.complete, name="complete"),
    # Those who handle it
    path(f"{ROUND}handle/", handling.handle, name="handle"),
    path(f"{CASE}check/", checking.check, name="check"),
    path(f"{CASE}history/", checking.history, name="history"),
    path(f"{CASE}manager/<int:unit>/", endorsing.name, name="name_manager"),
    # Managers who are asked
    path("<slug:org>/endorse/", endorsing.endorsing, name="endorsing"),
    path("<slug:org>/endorse/<int:pk>/", endorsing.endorse, name="endorse"),
    # The meeting that decides it
    path(f"{ROUND}meeting/", meeting.meeting, name="meeting"),
    path(f"{ROUND}meeting/facts/", opening.facts, name="meeting_facts"),
    path(f"{ROUND}meeting/cases/", opening.cases, name="meeting_cases"),
    path(f"{ROUND}meeting/proposals/", proposing.proposals, name="proposals"),
    path(f"{ROUND}meeting/present/", present.present, name="present"),
    path(f"{ROUND}meeting/agenda/", meeting.agenda, name="agenda"),
    path(f"{ROUND}meeting/release/", release.release, name="release"),
    path(f"{ROUND}meeting/minutes.pdf", release.minutes, name="minutes"),
    # After it: celebrating
    path(f"{ROUND}celebrate/", celebrating.celebrate, name="celebrate"),
    path(f"{ROUND}celebrate/cheques.pdf", celebrating.cheques, name="cheques"),
    path(f"{ROUND}celebrate/diplomas.pdf", celebrating.diplomas, name="diplomas"),
    path(f"{ROUND}celebrate/plan/", inviting.plan, name="gathering_plan"),
    path(f"{ROUND}celebrate/invite/", inviting.invite_page, name="invite"),
    path(f"{ROUND}celebrate/call-off/", inviting.call_off_page, name="call_off"),
    path(f"{ROUND}celebrate/news/", news.news, name="news"),
    path(f"{ROUND}gathering/", inviting.gathering, name="gathering"),
    path(f"{ROUND}gathering/calendar.ics", inviting.gathering_ics, name="gathering_ics"),
    path(f"{ROUND}screen/", screen.screen, name="screen"),
    # The money over the years
    path(f"{CASE}money/", money.money, name="money"),
    path(f"{CASE}money/used/", money.money_used, name="money_used"),
    path(f"{CASE}money/plan/<int:grant>/", money.money_plan, name="money_plan"),
    path(f"{CASE}money/<slug:act>/", money.money_act, name="money_act"),
    path("<slug:org>/money/", ledger.ledgers, name="ledgers"),
    path(FUND, ledger.ledger_now, name="ledger_now"),
    path(f"{FUND}<int:year>/", ledger.ledger, name="ledger"),
    path(f"{FUND}<int:year>/rows/", ledger.ledger_rows, name="ledger_rows"),
    path(f"{FUND}<int:year>/rows.csv", ledger.ledger_file, {"kind": "csv"}, name="ledger_csv"),
    path(f"{FUND}<int:year>/rows.xlsx", ledger.ledger_file, {"kind": "xlsx"}, name="ledger_xlsx"),
    path(f"{FUND}<int:year>/pot/", closing.pot_add, name="pot_add"),
    path(f"{FUND}<int:year>/close/", closing.year_close, name="year_close"),
    path(f"{FUND}<int:year>/reopen/", closing.year_reopen, name="year_reopen"),
    # In from tables and out again
    path("<slug:org>/import/", rounds.import_page, name="import"),
    path("<slug:org>/rounds/<slug:slug>/export.csv", rounds.export, {"kind": "csv"}, name="export"),
    path(
        "<slug:org>/rounds/<slug:slug>/export.xlsx",
        rounds.export,
        {"kind": "xlsx"},
        name="export_xlsx",
    ),
]
