"""What a mail says, encloses and answers, and who has sent it, however it is made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.incoming import MOST_PARTS, Sender, new_words, read, shown
from tests import nasty_mails as nasty


def test_a_plain_mail_is_read_as_it_was_written():
    found = read(nasty.wire(nasty.mail()))
    assert (found.address, found.name, found.to, found.subject) == (
        "karin@hem.example",
        "Karin Öberg",
        ("ideer@slusstad.example",),
        "Vantar",
    )
    assert found.text == found.words == "Kan vi inte ha en låda för kvarglömda vantar?"
    assert (found.message_id, found.answers) == ("1@hem.example", ())
    assert (found.sender, found.files) == (Sender.PERSON, ())


def test_of_html_alone_the_shown_words_are_taken_and_never_the_markup():
    found = read(nasty.only_html())
    assert found.words == "Hej!\n\nCykelställen & pumpen\nsaknas.\n\n• ett\n\n• två"


def test_nested_parts_give_one_text_and_every_file_under_its_own_name():
    found = read(nasty.nested())
    assert found.words == "Bilden visar hålet."
    assert [it.name for it in found.files] == ["3.png", "räkning åäö.pdf", "5.eml"]
    assert found.files[1].content.startswith(b"%PDF-")
    assert b"Subject: Inre" in found.files[2].content


def test_a_charset_that_lies_and_one_that_does_not_exist_lose_no_letter_of_the_text():
    found = read(nasty.wrong_charset())
    assert found.words == "Vi behöver fler skåp på förskolan."
    assert found.subject


def test_a_mail_that_ends_too_early_says_what_had_come():
    assert read(nasty.broken_multipart()).words == "Hela texten."


def test_the_files_in_winmail_dat_are_taken_out_of_it():
    found = read(nasty.winmail())
    assert [(it.name, it.content) for it in found.files] == [
        ("matning.txt", b"Tjugo minuter varje pass.\n")
    ]


def test_a_broken_winmail_dat_is_no_file_and_no_error():
    raw = nasty.with_files(("winmail.dat", b"not at all", "application/ms-tnef"))
    assert read(raw).files == ()


def test_a_bounce_says_which_of_our_letters_did_not_arrive():
    found = read(nasty.bounce())
    assert found.sender is Sender.BOUNCE
    assert found.answers == ("letter-7@slusstad.example",)


def test_a_bounce_that_returns_the_whole_letter_says_so_too():
    whole = (
        b"From: MAILER-DAEMON@mx.example\r\nMessage-ID: <b2@mx.example>\r\n"
        b'Content-Type: multipart/report; boundary="B"\r\n\r\n--B\r\n'
        b"Content-Type: message/rfc822\r\n\r\n"
        b"Message-ID: <letter-9@slusstad.example>\r\n\r\nHej\r\n"
        b"--B--\r\n"
    )
    assert read(whole).answers == ("letter-9@slusstad.example",)


def test_a_file_whose_name_is_in_no_known_charset_keeps_the_name_as_it_came():
    raw = nasty.with_files(("x.txt", b"abc", "application/octet-stream"))
    raw = raw.replace(b'filename="x.txt"', b'filename="=?x-unknown?Q?x=E5?="')
    assert [it.name for it in read(raw).files] == ["=?x-unknown?Q?x=E5?="]


@pytest.mark.parametrize(
    ("raw", "sender"),
    [
        (nasty.vacation(), Sender.AUTOMATIC),
        (nasty.old_vacation(), Sender.AUTOMATIC),
        (nasty.wire(nasty.mail(Precedence="bulk")), Sender.AUTOMATIC),
        (nasty.wire(nasty.mail(List_Id="<nytt.example>")), Sender.AUTOMATIC),
        (nasty.wire(nasty.mail(Return_Path="<>")), Sender.AUTOMATIC),
        (nasty.wire(nasty.mail(sender="noreply@shop.example")), Sender.AUTOMATIC),
        (nasty.wire(nasty.mail(sender="postmaster@mx.example")), Sender.BOUNCE),
        (nasty.wire(nasty.mail(subject="Kunde inte levereras: Kvittens")), Sender.BOUNCE),
        (nasty.wire(nasty.mail(sender=f"Idésluss <{nasty.OWN}>")), Sender.LOOP),
        (b"Received: by a\r\n" * 41 + nasty.wire(nasty.mail()), Sender.LOOP),
        (nasty.wire(nasty.mail(Auto_Submitted="no")), Sender.PERSON),
        (nasty.wire(nasty.mail(subject="Frånvaron i skolan kan minska")), Sender.PERSON),
    ],
)
def test_what_a_program_sent_is_told_from_what_a_person_wrote(raw, sender):
    assert read(raw, own=nasty.OWN).sender is sender


def test_a_reply_says_what_is_new_and_keeps_what_it_quotes_apart():
    found = read(nasty.reply("letter-7@slusstad.example"))
    assert found.words == "Varje dag."
    assert "Hur ofta händer det?" in found.text
    assert found.answers == ("letter-7@slusstad.example", "first@x.example")


@pytest.mark.parametrize(
    "end",
    [
        "\n-- \nKarin Öberg\nUndersköterska",
        "\nSkickat från min iPhone",
        "\nHent Outlook til Android",
        "\n\n________________________________\nFrån: Idésluss\nTill: Karin",
        "\n\nFra: Idésluse <a@b.dk>\nSendt: 5. oktober 2026\nTil: Karin\nEmne: SV: x\n\nHvor?",
        "\n\n> Hur ofta händer det?",
    ],
)
def test_signatures_and_what_is_quoted_are_not_new_words(end):
    assert new_words(f"Varje dag, mest på kvällen.{end}") == "Varje dag, mest på kvällen."


def test_a_reply_with_nothing_but_a_signature_says_nothing():
    assert read(nasty.signature_only()).words == ""


def test_a_mail_of_endless_parts_is_read_to_a_limit():
    part = b"--x\r\nContent-Type: text/plain\r\n\r\nrad\r\n"
    head = b'From: a@b.example\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n'
    found = read(head + part * (MOST_PARTS * 5) + b"--x--\r\n")
    assert found.text.count("rad") == MOST_PARTS - 1


def test_long_texts_are_read_in_no_time():
    text = "\n" * 5000 + "-- \n" * 5000 + "> a\n" * 5000 + "Skickat från min x\n" * 5000
    assert isinstance(new_words(text), str)


@given(st.binary(max_size=400))
def test_nothing_that_can_come_breaks_the_reading(raw):
    found = read(raw)
    assert "\x00" not in found.text + found.subject.replace("\x00", "")


@given(st.text(max_size=300))
def test_no_page_shows_its_markup(text):
    assert "<script" not in shown(f"<script>{text}</script>")
