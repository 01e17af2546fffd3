"""Follow-up codes as people write, read aloud and mistype them.

A code is 128 random bits and 12 bits that check them, in Crockford's base 32 (no I, L, O and U,
which look like others): seven groups of four, such as "4F7K-9QXM-…". Whatever is typed in small
letters, without hyphens, or with O for 0 and I or L for 1 is the same code. The check bits catch
all but one in 4096 of the slips, before anything is looked up.
See https://www.crockford.com/base32.html.
"""

from __future__ import annotations

from hashlib import sha256

SECRET_BYTES = 16
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 7, 4
CHECK_BITS = 12
LOOKALIKES = str.maketrans("OIL", "011")
BETWEEN = frozenset(" -–—_.\t\r\n\u00a0")  # what people put between groups

SPELLING = {
    "sv": "A Adam, B Bertil, C Cesar, D David, E Erik, F Filip, G Gustav, H Helge, J Johan, "
    "K Kalle, M Martin, N Niklas, P Petter, Q Qvintus, R Rudolf, S Sigurd, T Tore, V Viktor, "
    "W Wilhelm, X Xerxes, Y Yngve, Z Zäta",
    "da": "A Anna, B Bernhard, C Cecilie, D David, E Erik, F Frederik, G Georg, H Hans, J Johan, "
    "K Karen, M Mikkel, N Nikolaj, P Peter, Q Quintus, R Rasmus, S Søren, T Theodor, V Viggo, "
    "W William, X Xerxes, Y Yrsa, Z Zackarias",
    "en": "A Alfa, B Bravo, C Charlie, D Delta, E Echo, F Foxtrot, G Golf, H Hotel, J Juliett, "
    "K Kilo, M Mike, N November, P Papa, Q Quebec, R Romeo, S Sierra, T Tango, V Victor, "
    "W Whiskey, X X-ray, Y Yankee, Z Zulu",
}
"""The words by which each language spells letters on the telephone."""
_WORDS = {
    language: dict(pair.split(" ", 1) for pair in words.split(", "))
    for language, words in SPELLING.items()
}


def write(secret: bytes) -> str:
    """Return the code of ``secret`` (16 bytes): seven groups of four characters, with hyphens.

    Raises:
        ValueError: not 16 bytes.
    """
    if len(secret) != SECRET_BYTES:
        raise ValueError("a code is made of 16 bytes")
    number = int.from_bytes(secret) << CHECK_BITS | _check(secret)
    length = GROUPS * GROUP
    chars = "".join(ALPHABET[number >> 5 * (length - 1 - at) & 31] for at in range(length))
    return "-".join(chars[at : at + GROUP] for at in range(0, length, GROUP))


def read(text: str) -> bytes | None:
    """Return the 16 bytes that the code in ``text`` stands for, None if it is no code."""
    chars = "".join(char for char in text.upper() if char not in BETWEEN).translate(LOOKALIKES)
    if len(chars) != GROUPS * GROUP or any(char not in ALPHABET for char in chars):
        return None
    number = 0
    for char in chars:
        number = number << 5 | ALPHABET.index(char)
    secret = (number >> CHECK_BITS).to_bytes(SECRET_BYTES)
    return secret if number & (1 << CHECK_BITS) - 1 == _check(secret) else None


def spelled(code: str, language: str) -> list[list[str]]:
    """Return each group of ``code`` as it is read aloud: letters by their words, digits as such.

    A language whose words we do not know is spelled in English.
    """
    words = _WORDS.get(language, _WORDS["en"])
    return [[words.get(char, char) for char in group] for group in code.split("-")]


def _check(secret: bytes) -> int:
    return int.from_bytes(sha256(b"idesluss follow-up code" + secret).digest()[:2]) >> 4
