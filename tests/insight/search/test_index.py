"""The index finds what was put in, ranks it, keeps within marks, and forgets what was taken out."""

import random
import signal
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idesluss.insight.search.index import Entry, Reader, add, drop, open_index, put
from idesluss.logic.text.analysing import Lexicon
from idesluss.logic.text.asking import Question, ask

LEXICON = Lexicon()
MEMORY_OF_A_TEST = 15_000_000  # bytes, the least that a writer takes
TEXTS = {
    8: ("Møbelgenbrug på rådhuset", "Vi samler brugte møbler og giver dem til skolerne.", "da"),
    16: ("Cykelpool för hemtjänsten", "Vi vill låna elcyklar i stället för att köra bil.", "sv"),
    24: ("Mindre matsvinn i skolan", "Eleverna väger det som slängs efter lunchen.", "sv"),
    32: ("Kirjaston omatoimiaika", "Asiakas pääsee kirjastoon kortilla illalla.", "fi"),
}


def entry(code, *tags, texts=TEXTS):
    title, text, lang = texts[code]
    return Entry(code, LEXICON.analyse(title, text, lang), tags or ("public",))


def filled(*entries, folder=None):
    index = open_index(folder)
    writer = index.writer(MEMORY_OF_A_TEST, 1)
    for it in entries:
        add(writer, it)
    writer.commit()
    index.reload()
    return index, writer


@pytest.fixture(scope="module")
def reader():
    return Reader(filled(*(entry(code) for code in TEXTS))[0])


def codes(reader, text, lang="sv", **more):
    question = ask(text, lang, LEXICON, reader, typing=more.pop("typing", False))
    return [it.code for it in reader.find(question, **more).hits]


@pytest.mark.parametrize(
    ("text", "lang", "code"),
    [
        ("återbruk av möbler", "sv", 8),
        ("möbelåterbruk", "sv", 8),
        ("electric bikes in home care", "en", 16),
        ("madspild", "da", 24),
        ("mattsvin", "sv", 24),
        ("bibliotek", "sv", 32),
        ("elcyk", "sv", 16),
    ],
)
def test_the_neighbours_words_are_found(reader, text, lang, code):
    assert codes(reader, text, lang, typing=True)[0] == code


def test_exact_words_and_words_left_out(reader):
    assert codes(reader, '"brugte møbler"', "da") == [8]
    assert codes(reader, '"møbler brugte"', "da") == []
    assert 24 in codes(reader, "skolan")
    assert 24 not in codes(reader, "skolan -matsvinn")
    assert codes(reader, '"lunchen"')[0] == 24


def test_an_empty_question_finds_nothing(reader):
    assert reader.find(Question()).hits == ()


def test_what_nothing_answers_is_not_sure(reader):
    sure = [
        reader.find(ask(text, "sv", LEXICON, reader)).surest
        for text in ("cykelpool för hemtjänsten", "tandvård för husdjur")
    ]
    assert sure[0] > 1.5
    assert sure[1] < 0.75


def test_marks_are_kept_within_and_change_no_order():
    index, _ = filled(entry(8, "org:1"), entry(16, "org:2"), entry(24, "org:1", "in:1"))
    reader = Reader(index)
    assert codes(reader, "skolan", within=[["org:1"]])[0] == 24
    assert codes(reader, "skolan", within=[["org:2"]]) == []
    assert codes(reader, "skolan", within=[["org:1", "org:2"], ["in:1"]]) == [24]
    assert codes(reader, "skolan", within=[[]]) == []


def test_what_is_put_again_is_replaced_and_what_is_dropped_is_gone():
    index, writer = filled(entry(8), entry(16))
    put(writer, Entry(8, LEXICON.analyse("Simhall", "Vi vill bada.", "sv"), ("public",)))
    drop(writer, 16)
    writer.commit()
    index.reload()
    reader = Reader(index)
    assert reader.size == 1
    assert codes(reader, "simhall") == [8]
    assert codes(reader, "møbler", "da") == []


def test_an_index_in_a_folder_is_there_when_it_is_opened_again(tmp_path):
    filled(entry(8), folder=tmp_path / "deep" / "index")
    assert codes(Reader(open_index(tmp_path / "deep" / "index")), "møbler", "da") == [8]


WRITES_UNTIL_IT_IS_KILLED = """
import sys
from pathlib import Path
from tests.insight.search.test_index import MEMORY_OF_A_TEST, Entry, LEXICON, add, open_index
writer = open_index(Path(sys.argv[1])).writer(MEMORY_OF_A_TEST, 1)
number = 100
while True:
    number += 8
    terms = LEXICON.analyse(f"Simhall {number}", "Vi vill bada.", "sv")
    add(writer, Entry(number, terms, ("public",)))
    if number % 4000 == 4:
        print(number, flush=True)
"""


def test_a_process_killed_while_it_writes_leaves_what_was_there_and_no_lock(tmp_path):
    filled(entry(8), folder=tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", WRITES_UNTIL_IT_IS_KILLED, str(tmp_path)], stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline()  # it writes
        with pytest.raises(ValueError, match="lock"):
            open_index(tmp_path).writer(MEMORY_OF_A_TEST, 1)
        other.send_signal(signal.SIGKILL)
    assert codes(Reader(open_index(tmp_path)), "møbler", "da") == [8]
    index = open_index(tmp_path)
    writer = index.writer(MEMORY_OF_A_TEST, 1)
    put(writer, entry(16))
    writer.commit()
    index.reload()
    assert Reader(index).size == 2


WORDS = [
    "skola",
    "cykel",
    "möbler",
    "lunch",
    "kort",
    "bibliotek",
    "robot",
    "vatten",
    "lampa",
    "snö",
]


@settings(max_examples=30)
@given(st.integers(0, 10**6))
def test_a_thing_more_never_changes_whether_another_can_be_found(seed):
    """What is asked for is in the title of one thing; others come and go."""
    rnd = random.Random(seed)
    wanted = rnd.choice(WORDS)
    texts = {
        8 * n: (" ".join(rnd.sample(WORDS, 2)), " ".join(rnd.sample(WORDS, 3)), "sv")
        for n in range(1, 9)
    }
    texts[8] = (wanted, "", "sv")
    some = [entry(code, texts=texts) for code in list(texts)[: rnd.randint(1, 7)]]
    few, many = Reader(filled(*some)[0]), Reader(filled(*some, entry(64, texts=texts))[0])
    assert 8 in codes(few, wanted)
    assert 8 in codes(many, wanted)
    assert set(codes(few, wanted)) <= set(codes(many, wanted, limit=100))


def test_what_is_spoken_of_the_same_matter_with_is_found_though_no_word_is_the_same():
    texts = TEXTS | {40: ("Bedre toiletter på skolen", "Vi vil have sæbe og låse.", "da")}
    reader = Reader(filled(*(entry(code, texts=texts) for code in texts))[0])
    assert codes(reader, "ingen vågar kissa där")[0] == 40


def test_how_sure_an_answer_is_means_the_same_among_few_as_among_many():
    """The same clear answer, among ten things and among two hundred."""
    found = []
    for number in (10, 200):
        others = [TEXTS[(16, 24, 32)[n % 3]] for n in range(number)]
        texts = {8: TEXTS[8]} | {8 * (n + 10): it for n, it in enumerate(others)}
        reader = Reader(filled(*(entry(code, texts=texts) for code in texts))[0])
        answer = reader.find(ask("återbruk av möbler till skolor", "sv", LEXICON, reader))
        found.append(answer.sure[8])
    assert found[0] == pytest.approx(found[1], rel=0.15)
