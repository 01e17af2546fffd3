"""Make the pictures in ``docs/img/`` anew: the main pages of the demonstration, as they look now.

``python docs/pictures.py [NAME …]`` loads a demonstration of its own, serves it, and takes each
page in light, in dark and on a phone. Needs what the tests need (``./idesluss test`` installs it).
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import NamedTuple
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).resolve().parent / "img"
LARGEST = 250_000  # bytes of one picture
COLOURS = 128
WIDE, PHONE = {"width": 1280, "height": 1000}, {"width": 390, "height": 844}
KINDS = (("light", "light", WIDE), ("dark", "dark", WIDE), ("phone", "light", PHONE))
SWEDISH = {"LANGUAGE": "sv_SE.UTF-8", "LANG": "sv_SE.UTF-8"}

OFFICE, ANNA, MEHMET, ASSESSOR = "Maja Strand", "Anna Ek", "Mehmet Demir", "Gunilla Ros"
COACH = "Kalle Bro"
DRAFTING, MARIA, MANAGER = "Viktor Alm", "Maria Lind", "Lena Falk"
MEETING = "/slusstad/rounds/motet-med-invanaren/meeting/"
CELEBRATED = "/slusstad/rounds/trygg-hemma/"
COSTS = "[name=lines-what] >> nth=2"  # what the rules say of them stands below
PAPERS = {  # documents, by name: who asks, and where
    "protokoll": (MARIA, "/burlov/rounds/2023/meeting/minutes.pdf"),
    "presentcheck": (MARIA, "/burlov/rounds/2023/celebrate/cheques.pdf"),
    "diplom": (MARIA, "/burlov/rounds/2023/celebrate/diplomas.pdf"),
    "arsrapport-pdf": ("", "/burlov/years/2021/report.pdf"),
    "affisch": (COACH, "/slusstad/posters/1.pdf"),
}


class Shot(NamedTuple):
    """One page: its name, who looks at it ("" nobody), where, and what to do there first.

    ``at`` is scrolled to; ``first`` fills in what a page shows only after a button.
    """

    name: str
    who: str
    path: str
    at: str = ""
    first: Callable[[Page], None] | None = None


def shots() -> list[Shot]:
    """Every page that is taken, in the order of a round."""
    from idesluss.funding.models import Application, Endorsement  # noqa: PLC0415  (after setup)
    from idesluss.pilots.models import Project  # noqa: PLC0415
    from idesluss.programmes.models import Round  # noqa: PLC0415

    asks = Round.objects.get(slug="grona-arbetsplatser")
    kept = Round.objects.get(slug="trygg-hemma")
    books = f"/slusstad/funds/{kept.programme_id}/money/{kept.project_year}/"

    def case(slug: str, title: str, page: str = "") -> str:
        found = Application.objects.get(round__slug=slug, idea__title=title)
        return f"/slusstad/applications/{found.pk}/{page}"

    def asked(title: str) -> str:
        found = Endorsement.objects.filter(application__idea__title=title).latest("pk")
        return f"/slusstad/endorse/{found.pk}/?answer=limits"

    def project(title: str, page: str = "") -> str:
        found = Project.objects.get(idea__title=title, published_at__isnull=False)
        return f"/slusstad/projects/{found.pk}/{page}"

    draft, spoken = "Cykelpool för hemtjänsten", "Talstyrd dokumentation"
    lamps = "Nattlampor som tänds av steg"
    return [
        Shot("start", "", "/"),
        Shot("logga-in", "", "/account/sign-in/"),
        Shot("roller", "", "/demo/"),
        Shot("omgang", "", "/slusstad/rounds/digital-vardag/"),
        Shot("ansok", ANNA, case("digital-vardag", draft, "edit/need/")),
        Shot("plan", ANNA, case("digital-vardag", draft, "edit/plan/"), "[name=lines-what]"),
        Shot("villkor", ANNA, case("starkare-tillsammans", draft, "edit/plan/"), COSTS),
        Shot("lamna-in", ANNA, case("digital-vardag", draft, "submit/")),
        Shot("kvitto", ANNA, case("trygg-hemma", lamps, "receipt/")),
        Shot("arende", MEHMET, case("nara-vard", spoken)),
        Shot("besked", ANNA, case("trygg-hemma", lamps)),
        Shot("tillfragad", MANAGER, asked(draft)),
        Shot("svar-fran-chef", ANNA, case("tid-for-nytt", draft), "#managers"),
        Shot("projekt", ANNA, project(lamps)),
        Shot("rapportera", ANNA, project(lamps, "report/")),
        Shot("projektsida", "", project(lamps)),
        Shot("permanent", OFFICE, project(lamps, "permanent/")),
        *office_shots(case, books, asks.pk),
        *sluice_shots(),
    ]


def sluice_shots() -> list[Shot]:
    """What givers, coaches and the office see of the sluice."""
    from idesluss.ideas.models import Idea  # noqa: PLC0415
    from idesluss.programmes.models import Programme  # noqa: PLC0415

    here = Programme.objects.get(organisation__slug="slusstad", kind="sluice")
    lift = Idea.objects.get(programme=here, title="Lyften är aldrig där den behövs")
    waits = Idea.objects.get(programme=here, title="Mörkt vid hållplatsen Kvarnen")
    start = f"/slusstad/s/{here.slug}/"
    door = "/slusstad/in/invanare/"
    return [
        Shot("sluss", "", start),
        Shot("dorr", "", door),
        Shot("kod", "", door, first=hand_in),
        Shot("skarm", "", f"{door}kiosk/"),
        Shot("sluss-arende", COACH, f"/slusstad/cases/{waits.pk}/"),
        Shot("behovskarta", ANNA, f"/slusstad/cases/{lift.pk}/", "#findings"),
        Shot("skrivbord", COACH, "/slusstad/desk/"),
        Shot("svara", COACH, f"/slusstad/cases/{lift.pk}/answer/"),
        Shot("skriv-ner", COACH, "/slusstad/proxy/invanare/"),
        Shot("coacher", "", "/slusstad/coaches/"),
        Shot("loften", "", f"{start}promises/"),
        Shot("modell", OFFICE, f"/slusstad/setup/sluices/{here.pk}/model/"),
        Shot("dorrar", OFFICE, f"/slusstad/setup/sluices/{here.pk}/doors/"),
    ]


def office_shots(case: Callable[..., str], books: str, asks: int) -> list[Shot]:
    """What the office, the assessors and the deciders see, and what everybody sees after them."""
    spoken = "Talstyrd dokumentation"
    lamps, menu = "Nattlampor som tänds av steg", "Matsedel med bilder"
    return [
        Shot("lista", OFFICE, "/slusstad/rounds/motet-med-invanaren/handle/"),
        Shot("granska", OFFICE, case("nara-vard", lamps, "check/")),
        Shot("dela-ut", OFFICE, "/slusstad/rounds/nara-vard/assign/"),
        Shot("jav", DRAFTING, "/slusstad/rounds/skolan-ute/declare/"),
        Shot("bedom", DRAFTING, case("skolan-ute", menu, "assess/")),
        Shot("omdomen", ASSESSOR, case("motet-med-invanaren", spoken, "scores/")),
        Shot("mote", OFFICE, MEETING),
        Shot("forslag", OFFICE, f"{MEETING}proposals/"),
        Shot("expediera", OFFICE, f"{MEETING}release/"),
        Shot("beviljat", "", "/burlov/rounds/2023/"),
        Shot("fira", OFFICE, f"{CELEBRATED}celebrate/"),
        Shot("bjud-in", OFFICE, f"{CELEBRATED}celebrate/invite/"),
        Shot("storbild", "", f"{CELEBRATED}screen/", "#slide-2"),
        Shot("rakenskaper", OFFICE, books),
        Shot("stang-aret", OFFICE, f"{books}close/", first=look_at_closing),
        Shot("aren", "", "/burlov/years/"),
        Shot("diagram", "", "/burlov/years/", "#charts"),
        Shot("arsrapport", "", "/burlov/years/2021/"),
        Shot("mitt-arbete", OFFICE, "/mine/"),
        Shot("fastnat", OFFICE, "/slusstad/stuck/"),
        Shot("brev", OFFICE, "/slusstad/mail/"),
        Shot("installningar", OFFICE, "/slusstad/setup/"),
        Shot("forsta-installningen", OFFICE, "/slusstad/setup/guide/fund/"),
        Shot("regler", OFFICE, f"/slusstad/setup/rounds/{asks}/rules/"),
    ]


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@contextmanager
def demonstration() -> Iterator[str]:
    """A demonstration in a folder of its own, served here; yields its address."""
    from idesluss.cli.demo import set_up  # noqa: PLC0415  (it points the settings at its folder)

    with tempfile.TemporaryDirectory() as home:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        set_up(Path(home), port)
        from idesluss.cli import serve  # noqa: PLC0415

        serve.prepare()
        from idesluss.cli.demo.load import load  # noqa: PLC0415  (after setup)
        from idesluss.site.wsgi import application  # noqa: PLC0415

        load(print)
        server = make_server("127.0.0.1", port, application, Server, Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{port}"
        server.shutdown()


def decide_everything(page: Page) -> None:
    """Before the release is looked at: an outcome for every case at the meeting."""
    page.goto(MEETING)
    wanted = {
        "Talstyrd dokumentation": ("partly_granted", "45 000", "Prova på en enhet först."),
        "Nyckelskåp vid korttidsboendet": ("granted", "28 000", ""),
        "Blomlådor som tål salt": ("refused", "", "Ryms i den vanliga driften av parkerna."),
        "Läsfåtölj i korridoren": ("granted", "24 000", ""),
    }
    for title, (outcome, kronor, why) in wanted.items():
        case = page.get_by_role("article").filter(has_text=title)
        case.locator("select").select_option(outcome)
        if kronor:
            case.locator("[name^=granted]").fill(kronor)
        if why:
            case.locator("[name^=reason]").fill(why)
    with page.expect_navigation():
        page.locator("[name=do][value=save]").first.click()


def hand_in(page: Page) -> None:
    """Hand something in as a resident does, and look at the receipt with the code."""
    page.locator("[name=need]").fill("Bänken vid busstationen är borta, och många orkar inte stå.")
    page.wait_for_timeout(3500)  # what is sent at once is taken for a program
    with page.expect_navigation():
        page.locator("form.door .actions button").first.click()
    page.locator(".code__text").scroll_into_view_if_needed()


def look_at_closing(page: Page) -> None:
    """Let what is left go on with each project, and look at what that comes to."""
    for choice in page.locator("[value=transfer]").all():
        choice.check()
    page.get_by_role("button", name="Se vad det blir").click()
    page.locator("[name=fingerprint]").first.wait_for(state="attached")


def window(browser: Browser, url: str, who: str, kind: tuple[str, str, dict[str, int]]) -> Page:
    """A window of the kind, signed in as ``who``."""
    name, scheme, size = kind
    context = browser.new_context(
        base_url=url,
        locale="sv-SE",
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport=size,  # type: ignore[arg-type]
        device_scale_factor=2 if name == "phone" else 1,
        reduced_motion="reduce",
    )
    page = context.new_page()
    if who:
        page.goto("/demo/")
        with page.expect_navigation():
            page.get_by_role("button", name=f"Logga in som {who}").first.click()
    return page


def small(png: bytes) -> bytes:
    """The picture with as few colours as it takes to stay small."""
    colours = COLOURS
    while True:
        out = io.BytesIO()
        image = Image.open(io.BytesIO(png)).convert("RGB")
        image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() < LARGEST or colours <= 16:
            return out.getvalue()
        colours //= 2


def take(browser: Browser, url: str, shot: Shot) -> None:
    """Take one page in every kind."""
    if shot.name == "expediera":
        decide_everything(window(browser, url, OFFICE, KINDS[0]))
    for kind in KINDS:
        page = window(browser, url, shot.who, kind)
        page.goto(shot.path)
        if shot.first:
            shot.first(page)
        page.evaluate("document.fonts.ready")
        if shot.at:
            page.locator(shot.at).first.evaluate("it => it.scrollIntoView({block: 'start'})")
        (IMAGES / f"{shot.name}-{kind[0]}.png").write_bytes(small(page.screenshot()))
        page.context.close()


def take_paper(browser: Browser, url: str, name: str) -> None:
    """The first page of a document, when ``pdftoppm`` is here."""
    if shutil.which("pdftoppm") is None:
        return
    who, path = PAPERS[name]
    page = window(browser, url, who, KINDS[0])
    answer = page.request.get(path)
    command = ["pdftoppm", "-png", "-r", "90", "-f", "1", "-l", "1", "-"]
    drawn = subprocess.run(command, input=answer.body(), capture_output=True, check=True)
    (IMAGES / f"{name}.png").write_bytes(small(drawn.stdout))
    page.context.close()


def main(names: list[str]) -> int:
    """Make all pictures, or those named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idesluss.site.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread
    IMAGES.mkdir(exist_ok=True)
    with demonstration() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-dev-shm-usage", "--lang=sv-SE"],
            env={**os.environ, **SWEDISH},  # the browser's own date fields
        )
        for shot in shots():
            if not names or shot.name in names:
                take(browser, url, shot)
                print(shot.name, flush=True)
        for name in PAPERS:
            if not names or name in names:
                take_paper(browser, url, name)
                print(name, flush=True)
        browser.close()
    made = [path.stat().st_size for path in IMAGES.glob("*.png")]
    print(f"{len(made)} pictures, {sum(made) / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
