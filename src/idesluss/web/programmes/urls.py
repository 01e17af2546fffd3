"""Addresses of programmes: the organisation's start page and the set-up of funds and rounds."""

from django.urls import path

from idesluss.web.programmes.views import (
    announcing,
    copying,
    criteria,
    funds,
    guide,
    mandates,
    organisation,
    rounds,
    rules,
)

app_name = "programmes"
SETUP = "<slug:org>/setup/"
urlpatterns = [
    path("<slug:org>/", organisation.organisation, name="organisation"),
    path(SETUP, organisation.setup, name="setup"),
    path(f"{SETUP}guide/", guide.guide, name="guide"),
    path(f"{SETUP}guide/fund/", guide.guide_fund, name="guide_fund"),
    path(f"{SETUP}guide/<int:pk>/decide/", guide.guide_body, name="guide_body"),
    path(f"{SETUP}guide/<int:pk>/round/", guide.guide_round, name="guide_round"),
    path(f"{SETUP}guide/open/<int:pk>/", guide.guide_open, name="guide_open"),
    path(f"{SETUP}funds/add/", funds.fund_add, name="fund_add"),
    path(f"{SETUP}funds/<int:pk>/", funds.fund, name="fund"),
    path(f"{SETUP}funds/<int:pk>/goals/", funds.goals, name="goals"),
    path(f"{SETUP}funds/<int:pk>/steps/", funds.steps, name="steps"),
    path(f"{SETUP}funds/<int:pk>/pots/", funds.pots, name="pots"),
    path(f"{SETUP}funds/<int:pk>/deciders/", mandates.mandates, name="mandates"),
    path(f"{SETUP}funds/<int:pk>/deciders/add/", mandates.mandate_add, name="mandate_add"),
    path(f"{SETUP}deciders/<int:pk>/", mandates.mandate, name="mandate"),
    path(f"{SETUP}deciders/<int:pk>/away/", mandates.mandate_away, name="mandate_away"),
    path(f"{SETUP}funds/<int:pk>/move/", funds.fund_move, name="fund_move"),
    path(f"{SETUP}funds/<int:pk>/rounds/add/", rounds.round_add, name="round_add"),
    path(f"{SETUP}funds/<int:pk>/rounds/several/", copying.several, name="several"),
    path(
        f"{SETUP}funds/<int:pk>/rounds/announce/",
        announcing.announce_several,
        name="announce_several",
    ),
    path(f"{SETUP}rounds/<int:pk>/", rounds.round_page, name="round"),
    path(f"{SETUP}rounds/<int:pk>/change/", rounds.round_change, name="round_change"),
    path(f"{SETUP}rounds/<int:pk>/announce/", rounds.round_announce, name="round_announce"),
    path(f"{SETUP}rounds/<int:pk>/move/", rounds.round_move, name="round_move"),
    path(f"{SETUP}rounds/<int:pk>/next-year/", copying.next_year, name="next_year"),
    path(f"{SETUP}rounds/<int:pk>/rules/", rules.rules, name="rules"),
    path(f"{SETUP}rounds/<int:pk>/rules/change/", rules.rules_change, name="rules_change"),
    path(f"{SETUP}rounds/<int:pk>/levels/add/", rules.level_add, name="level_add"),
    path(f"{SETUP}levels/<int:pk>/", rules.level, name="level"),
    path(f"{SETUP}levels/<int:pk>/away/", rules.level_away, name="level_away"),
    path(f"{SETUP}rounds/<int:pk>/away/", rules.away, name="away"),
    path(f"{SETUP}rounds/<int:pk>/criteria/add/", criteria.criterion_add, name="criterion_add"),
    path(f"{SETUP}rounds/<int:pk>/criteria/needed/", criteria.needed, name="needed"),
    path(f"{SETUP}rounds/<int:pk>/questions/add/", criteria.question_add, name="question_add"),
    path(f"{SETUP}criteria/<int:pk>/", criteria.criterion, name="criterion"),
    path(f"{SETUP}criteria/<int:pk>/move/", criteria.criterion_move, name="criterion_move"),
    path(f"{SETUP}questions/<int:pk>/", criteria.question, name="question"),
    path(f"{SETUP}questions/<int:pk>/move/", criteria.question_move, name="question_move"),
]
