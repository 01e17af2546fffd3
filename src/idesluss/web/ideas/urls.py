"""Addresses of ideas: ways in, cases, challenges, coaches, files."""

from django.urls import path

from idesluss.web.ideas.views import (
    alike,
    answering,
    arrivals,
    bank,
    carry,
    case,
    cases,
    challenges,
    coaches,
    codes,
    door,
    duplicates,
    ending,
    files,
    finding,
    givers,
    just_do,
    masking,
    merging,
    mine,
    posing,
    posters,
    promises,
    proxy,
    sluice,
    splitting,
    step,
    supporting,
    translating,
    tried,
    width,
    words,
)

app_name = "ideas"

SLUICE = "<slug:org>/s/<slug:slug>/"
CHALLENGE = "<slug:org>/challenges/<slug:slug>/"
CASE = "<slug:org>/cases/<int:pk>/"
DOOR = "<slug:org>/in/<slug:slug>/"

urlpatterns = [
    # Handing in at a door, and what is held back there
    path(DOOR, door.door, name="door"),
    path(f"{DOOR}kiosk/", door.kiosk, name="kiosk"),
    path(f"{DOOR}thanks/", door.thanks, name="thanks"),
    path("<slug:org>/arrivals/", arrivals.arrivals, name="arrivals"),
    path("<slug:org>/arrivals/<int:pk>/", arrivals.arrival, name="arrival"),
    # Written down for others, and posters that lead to a door
    path("<slug:org>/proxy/", proxy.proxy, name="proxy"),
    path("<slug:org>/proxy/<slug:slug>/", proxy.proxy_one, name="proxy_one"),
    path("<slug:org>/proxy/<slug:slug>/notes/", proxy.proxy_notes, name="proxy_notes"),
    path("<slug:org>/proxy/<slug:slug>/table/", proxy.proxy_table, name="proxy_table"),
    path("<slug:org>/proxy/<slug:slug>/slips/", proxy.slips, name="slips"),
    path("<slug:org>/proxy/<slug:slug>/form.pdf", proxy.paper_form, name="paper_form"),
    path("<slug:org>/q/<slug:key>/", posters.poster_link, name="poster_link"),
    path("<slug:org>/posters/", posters.posters, name="posters"),
    path("<slug:org>/posters/add/", posters.poster_add, name="poster_add"),
    path("<slug:org>/posters/<int:pk>.pdf", posters.poster_pdf, name="poster_pdf"),
    path("<slug:org>/posters/<int:pk>/retire/", posters.poster_retire, name="poster_retire"),
    # The coaches, and talks with them
    path("<slug:org>/coaches/", coaches.coaches, name="coaches"),
    path("<slug:org>/coaches/<int:pk>/book/", coaches.book, name="book"),
    path("<slug:org>/talks/<int:pk>/", coaches.talk, name="talk"),
    path("<slug:org>/desk/", coaches.desk_page, name="desk"),
    path("<slug:org>/desk/<int:pk>/card/", coaches.card, name="coach_card"),
    path("<slug:org>/desk/<int:pk>/away/", coaches.leave, name="coach_away"),
    path("<slug:org>/desk/<int:pk>/hand-over/", coaches.hand_over_page, name="hand_over"),
    # What looks alike
    path("<slug:org>/duplicates/", duplicates.duplicates, name="duplicates"),
    path("<slug:org>/duplicates/<int:pk>/", duplicates.duplicate, name="duplicate"),
    path("<slug:org>/duplicates/<int:pk>/back/", duplicates.duplicate_back, name="duplicate_back"),
    path(f"{CASE}tried/", tried.tried, name="tried"),
    path(f"{CHALLENGE}tried/", tried.challenge_tried, name="challenge_tried"),
    path("<slug:org>/setup/units/<int:pk>/cases/", coaches.unit_cases, name="unit_cases"),
    # What an organisation adds to the search
    path("<slug:org>/setup/words/", words.words, name="words"),
    path("<slug:org>/setup/words/add/", words.word_add, name="word_add"),
    path("<slug:org>/setup/words/many/", words.words_in, name="words_in"),
    path("<slug:org>/setup/words/words.txt", words.words_file, name="words_file"),
    path("<slug:org>/setup/words/<int:pk>/", words.word_change, name="word_change"),
    path("<slug:org>/setup/words/<int:pk>/remove/", words.word_remove, name="word_remove"),
    path("<slug:org>/setup/words/<int:pk>/back/", words.word_back, name="word_back"),
    path("<slug:org>/setup/translation/", translating.translation, name="translation"),
    path(
        "<slug:org>/setup/translation/try/", translating.translation_try, name="translation_try"
    ),
    path(
        "<slug:org>/setup/translation/off/", translating.translation_off, name="translation_off"
    ),
    # Following with a code
    path("follow/", codes.follow_up, name="follow_up"),
    path("follow/lost/", codes.code_lost, name="code_lost"),
    path("follow/new/<str:link>/", codes.code_new, name="code_new"),
    path(f"{CASE}code/", codes.code_again, name="code_again"),
    path("<slug:org>/files/<uuid:number>/", files.attachment, name="attachment"),
    # The case, and the conversation on it
    path(CASE, case.case, name="case"),
    path(f"{CASE}say/", case.say_page, name="say"),
    path(f"{CASE}who-sees/", width.width, name="width"),
    path(f"{CASE}findings/<slug:kind>/new/", finding.add, name="finding_add"),
    path(f"{CASE}findings/<int:number>/", finding.change, name="finding"),
    path(f"{CASE}findings/<int:number>/remove/", finding.remove, name="finding_remove"),
    path(f"{CASE}findings/<int:number>/back/", finding.bring_back, name="finding_back"),
    # Who hands it in, who has the same need, and which other cases it is bound to
    path("follow/invited/<str:link>/", givers.invited, name="invited"),
    path(f"{CASE}givers/", givers.givers_page, name="givers"),
    path(f"{CASE}me-too/", supporting.support_page, name="support"),
    path(f"{CASE}follow/", supporting.follow_page, name="follow"),
    path(f"{CASE}merge/", merging.merge_page, name="merge"),
    path(f"{CASE}unmerge/", merging.unmerge_page, name="unmerge"),
    path(f"{CASE}split/", splitting.split_page, name="split"),
    path(f"{CASE}send-on/", splitting.send_on_page, name="send_on"),
    path(f"{CASE}mask/", masking.mask_page, name="mask"),
    path(f"{CASE}just-do/", just_do.just_do_page, name="just_do"),
    path(f"{CASE}look-alikes/", alike.look_alikes_page, name="look_alikes"),
    # Through the model
    path(f"{CASE}step/", step.step, name="step"),
    path(f"{CASE}questions/", step.questions, name="questions"),
    # What becomes of it, whose it is, and what its giver thought of the answer
    path(f"{CASE}answer/", answering.answer, name="answer"),
    path(f"{CASE}withdraw/", ending.withdraw_page, name="withdraw"),
    path(f"{CASE}wake/", ending.wake_page, name="wake"),
    path(f"{CASE}next/", ending.next_page, name="next"),
    path(f"{CASE}give/", ending.give_page, name="give"),
    path(f"{CASE}rate/", ending.rate_page, name="rate"),
    # Which need it is for, and how it asks a fund for money
    path(f"{CASE}need/", bank.link, name="link"),
    path(f"{CASE}idea/", bank.answer_need, name="answer_need"),
    path(f"{CASE}round/", carry.carry, name="carry"),
    path("mine/cases/", mine.mine, name="mine"),
    # The start page of a sluice, its lists and its challenges
    path("<slug:org>/s/", sluice.sluices, name="sluices"),
    path(SLUICE, sluice.sluice, name="sluice"),
    path(f"{SLUICE}cases/", cases.cases, name="cases"),
    path(f"{SLUICE}needs/", cases.needs, name="needs"),
    path(f"{SLUICE}challenges/", challenges.challenges, name="challenges"),
    path(f"{SLUICE}challenges/new/", posing.pose_page, name="challenge_pose"),
    path(CHALLENGE, challenges.challenge, name="challenge"),
    path(f"{CHALLENGE}change/", posing.reword_page, name="challenge_reword"),
    path(f"{CHALLENGE}open/", posing.open_page, name="challenge_open"),
    path(f"{CHALLENGE}close/", posing.close_page, name="challenge_close"),
    path(f"{CHALLENGE}end/", posing.end_page, name="challenge_end"),
    path(f"{CHALLENGE}offer/", posing.offer_page, name="challenge_offer"),
    path(f"{CHALLENGE}offered/<int:number>/", challenges.match, name="match"),
    # How a sluice keeps what it promises
    path(f"{SLUICE}promises/", promises.promises, name="promises"),
    path(f"{SLUICE}promises.json", promises.promises_file, {"kind": "json"}, name="promises_json"),
    path(f"{SLUICE}promises.csv", promises.promises_file, {"kind": "csv"}, name="promises_csv"),
]
