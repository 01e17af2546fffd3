"""Nasty mails, made here: as programs, people and broken servers send them."""

from __future__ import annotations

import struct
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO

import pikepdf

OWN = "idesluss@slusstad.example"
DOOR = "ideer@slusstad.example"


def mail(
    text: str = "Kan vi inte ha en låda för kvarglömda vantar?",
    *,
    subject: str = "Vantar",
    sender: str = "Karin Öberg <karin@hem.example>",
    to: str = DOOR,
    number: str = "<1@hem.example>",
    **headers: str,
) -> EmailMessage:
    """A plain mail; ``headers`` have _ for -."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = number
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def wire(message: EmailMessage) -> bytes:
    return message.as_bytes(policy=SMTP)


def pdf() -> bytes:
    """The smallest real PDF."""
    file = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(file)
    return file.getvalue()


def with_files(*files: tuple[str, bytes, str], **more: str) -> bytes:
    message = mail(**more)
    for name, content, kind in files:
        main, _, sub = kind.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return wire(message)


def only_html() -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Per <per@hem.example>", DOOR
    message["Subject"], message["Message-ID"] = "Cykelställ", "<html@hem.example>"
    page = (
        "<html><head><style>p{color:red}</style><title>x</title></head><body><p>Hej!</p>"
        "<p>Cykelst&auml;llen &amp; pumpen<br>saknas.</p><ul><li>ett</li><li>två</li></ul>"
        "<script>alert(1)</script></body></html>"
    )
    message.set_content(page, subtype="html")
    return wire(message)


def nested() -> bytes:
    """mixed( related( alternative( plain, html ), picture ), pdf, a mail )."""
    message = mail("Bilden visar hålet.", subject="Hål i gatan", number="<nested@hem.example>")
    message.add_alternative("<p>Bilden visar <b>hålet</b>.</p>", subtype="html")
    page = message.get_payload()[1]
    page.add_related(b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "image", "png", cid="<bild>")
    message.add_attachment(pdf(), maintype="application", subtype="pdf", filename="räkning åäö.pdf")
    message.add_attachment(mail("Inuti", subject="Inre"))
    return wire(message)


def wrong_charset() -> bytes:
    """Says UTF-8, is Windows-1252; the subject says a charset that does not exist."""
    head = (
        b"From: Anna <anna@hem.example>\r\nTo: ideer@slusstad.example\r\n"
        b"Subject: =?x-unknown?Q?bl=E5b=E4r?=\r\nMessage-ID: <cs@hem.example>\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return head + "Vi behöver fler skåp på förskolan.".encode("cp1252")


def broken_multipart() -> bytes:
    """Begins three parts and ends none."""
    return (
        b"From: Bo <bo@hem.example>\r\nTo: ideer@slusstad.example\r\nSubject: Trasig\r\n"
        b'Message-ID: <broken@hem.example>\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n'
        b"--x\r\nContent-Type: text/plain\r\n\r\nHela texten.\r\n--x\r\n"
        b"Content-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\n"
    )


def bounce(of: str = "letter-7@slusstad.example") -> bytes:
    """A delivery report (RFC 3464) for a letter of ours."""
    lines = [
        "From: MAILER-DAEMON@mx.example (Mail Delivery System)",
        f"To: {OWN}",
        "Subject: Undelivered Mail Returned to Sender",
        "Message-ID: <b1@mx.example>",
        "Return-Path: <>",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"',
        *("", "--B", "Content-Type: text/plain", "", "User unknown."),
        *("--B", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example"),
        *("", "Final-Recipient: rfc822; karin@hem.example", "Action: failed", "Status: 5.1.1", ""),
        *("--B", "Content-Type: text/rfc822-headers", "", f"From: {OWN}", f"Message-ID: <{of}>"),
        *("Subject: Kvittens", "", "--B--", ""),
    ]
    return "\r\n".join(lines).encode()


def vacation() -> bytes:
    return wire(
        mail(
            "Jag är tillbaka den 9 augusti.",
            subject="Autosvar: Din idé är mottagen",
            number="<v@hem.example>",
            Auto_Submitted="auto-replied (vacation)",
        )
    )


def old_vacation() -> bytes:
    """An older program says it in the subject only."""
    return wire(
        mail("Er mail læses mandag.", subject="Fraværende: SV: Idé", number="<v2@hem.example>")
    )


def signature_only(answers: str = "letter-7@slusstad.example") -> bytes:
    text = "\n-- \nKarin Öberg\n070-123 45 67\n\nDen mån 5 okt. 2026 skrev Idésluss:\n> Hur ofta?\n"
    return wire(mail(text, number="<sig@hem.example>", In_Reply_To=f"<{answers}>"))


def tnef(name: str = "matning.txt", content: bytes = b"Tjugo minuter varje pass.\n") -> bytes:
    """Outlook's winmail.dat with one file (MS-OXTNEF: attribute blocks with checksums)."""

    def block(level: int, attribute: int, data: bytes) -> bytes:
        total = sum(data) & 0xFFFF
        return struct.pack("<BII", level, attribute, len(data)) + data + struct.pack("<H", total)

    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + block(1, 0x00089006, struct.pack("<I", 0x00010000))  # version
        + block(2, 0x00069002, b"\0" * 14)  # rendering data: a file begins
        + block(2, 0x00018010, name.encode() + b"\0")  # its title
        + block(2, 0x0006800F, content)  # its data
    )


def winmail() -> bytes:
    return with_files(
        ("winmail.dat", tnef(), "application/ms-tnef"), number="<tnef@hem.example>", subject="Fil"
    )


def huge(megabytes: int = 40) -> bytes:
    return with_files(
        ("film.mov", b"\0" * megabytes * 1024 * 1024, "video/quicktime"),
        number="<huge@hem.example>",
        subject="Film",
    )


def reply(to: str, text: str = "Varje dag.", *, number: str = "<re@hem.example>") -> bytes:
    """An answer as a person's program writes it, with what it answers below."""
    return wire(
        mail(
            f"{text}\n\nDen mån 5 okt. 2026 kl 12:00 skrev Slusstad <{OWN}>:\n"
            "> Hur ofta händer det?\n> Hälsningar\n",
            subject="SV: Vi undrar",
            number=number,
            In_Reply_To=f"<{to}>",
            References=f"<first@x.example> <{to}>",
        )
    )
