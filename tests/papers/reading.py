"""A PDF's text as a reader that copies it would get it, and its tags in their order."""

import re

import pikepdf


def text_of(pdf):
    """All text, page by page; a blank line between pages."""
    return "\n\n".join(_page(page) for page in pdf.pages)


def tags_of(pdf):
    """The kinds of structure elements, depth first: ["Document", "H1", …]."""

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for kid in node:
                yield from walk(kid)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield str(node.S)[1:]
            yield from walk(node.get("/K", pikepdf.Array([])))

    return list(walk(pdf.Root.StructTreeRoot.K))


def _page(page):
    fonts = {name: _to_unicode(font) for name, font in page.Resources.Font.items()}
    out, font, spoken = [], {}, []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "BDC":
            props = operands[1]
            actual = props.get("/ActualText") if isinstance(props, pikepdf.Dictionary) else None
            spoken.append(actual)
            if actual is not None:
                out.append(str(actual))
        elif name in ("BMC", "EMC"):
            spoken.append(None) if name == "BMC" else spoken.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in ("Tj", "TJ") and not any(it is not None for it in spoken):
            pieces = operands[0] if name == "TJ" else operands
            for piece in pieces:
                if isinstance(piece, pikepdf.String):
                    raw = bytes(piece)
                    codes = (raw[it : it + 2] for it in range(0, len(raw), 2))
                    out.append("".join(font.get(code, "") for code in codes))
        elif name == "ET":
            out.append("\n")
    return "".join(out)


def _to_unicode(font):
    cmap = font.ToUnicode.read_bytes().decode("latin-1")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[bytes.fromhex(code)] = bytes.fromhex(text).decode("utf-16-be")
    return found
