"""What a PDF made by WeasyPrint tells a screen reader: its conformance, its tags in reading order, its margins."""

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import page
import pikepdf

Source = Path | str | bytes

INLINE = {"Span", "Link", "NonStruct", "LBody"}


@dataclass(frozen=True)
class Piece:
    """The text of one line box; `line` is equal for the pieces that stand on one line."""

    text: str
    line: tuple[int, float]


@dataclass(frozen=True)
class Element:
    """A tag with what is in it, in reading order. `page` counts from 1; `scope` is "Column", "Row" or ""."""

    tag: str
    kids: list["Element | Piece"]
    page: int
    scope: str = ""
    identifier: str = ""
    header_identifiers: tuple[str, ...] = ()
    alternative: str = ""
    target: str | int = ""

    @property
    def text(self) -> str:
        """Its words: a line for each block in it, white space as one blank."""
        lines = ("".join(words).split() for words in _blocks(self))
        return "\n".join(" ".join(words) for words in lines if words)

    def find(self, *tags: str) -> Iterator["Element"]:
        """Yield the elements in it that have one of the tags, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                if kid.tag in tags:
                    yield kid
                yield from kid.find(*tags)


@dataclass(frozen=True)
class Cell:
    """A table cell; `headers` are the texts of the header cells that a screen reader says with it."""

    tag: str
    text: str
    scope: str
    headers: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table, or the part of one that stands on one page: WeasyPrint starts a new Table, with the header again."""

    caption: str
    rows: list[list[Cell]]

    def headers(self, scope: str) -> list[str]:
        """Return the texts of the header cells of a scope, "Column" or "Row"."""
        return [cell.text for row in self.rows for cell in row if cell.tag == "TH" and cell.scope == scope]


@dataclass(frozen=True)
class Link:
    """A link; `target` is an address, or the number of the page it leads to."""

    text: str
    target: str | int


@dataclass(frozen=True)
class Structure:
    """A tagged PDF: (level, text, page) for each bookmark, (level, text) for each heading."""

    title: str
    language: str
    pages: int
    bookmarks: list[tuple[int, str, int]]
    root: Element
    artefacts: list[str] = field(default_factory=list)

    @property
    def headings(self) -> list[tuple[int, str]]:
        found = self.root.find("H1", "H2", "H3", "H4", "H5", "H6")
        return [(int(heading.tag[1]), heading.text.replace("\n", " ")) for heading in found]

    @property
    def tables(self) -> list[Table]:
        return [_table(element) for element in self.root.find("Table")]

    @property
    def lists(self) -> list[list[str]]:
        """The items of each list, without their bullets or numbers; a nested list is a list of its own as well."""
        return [[_body(item) for item in element.kids if item.tag == "LI"] for element in self.root.find("L")]

    @property
    def links(self) -> list[Link]:
        return [Link(link.text, link.target) for link in self.root.find("Link") if link.target != ""]


def assert_pdf_ua(source: Source) -> None:
    """Raise AssertionError with each failed rule unless the PDF conforms to PDF/UA-1, by page-validation."""
    report = page.validate_pdf_bytes(_bytes(source), profile="ua1")
    counts = Counter((failure.rule_id, failure.message) for failure in report.failures)
    lines = [f"  {rule} ({count} times): {message}" for (rule, message), count in counts.items()]
    assert report.is_compliant, "\n".join(["The PDF does not conform to PDF/UA-1:", *lines])


def text_of(source: Source) -> str:
    """Return the words that a screen reader reads, in its order, a line for each block; artefacts are left out."""
    return structure_of(source).root.text


def structure_of(source: Source) -> Structure:
    """Return the tags of a PDF. `artefacts` is the text of each page that is in no tag: header, footer, watermark."""
    with pikepdf.open(io.BytesIO(_bytes(source))) as pdf:
        if "/StructTreeRoot" not in pdf.Root:
            raise AssertionError("The PDF has no tags.")
        numbers = {sheet.obj.objgen: number for number, sheet in enumerate(pdf.pages, start=1)}
        pieces = {number: _pieces(sheet.obj, number) for number, sheet in enumerate(pdf.pages, start=1)}
        reader = _Reader(numbers, pieces, _destinations(pdf, numbers))
        kids = [kid for entry in pdf.Root.StructTreeRoot.K for kid in reader.read(entry, 1)]
        return Structure(
            title=str(pdf.docinfo.get("/Title", "")),
            language=str(pdf.Root.get("/Lang", "")),
            pages=len(pdf.pages),
            bookmarks=list(_bookmarks(pdf, numbers)),
            root=Element("Document", kids, 1),
            artefacts=[
                "\n".join(piece.text for key, piece in found.items() if key not in reader.seen[number])
                for number, found in pieces.items()
            ],
        )


class _Reader:
    """Turns the PDF's structure elements into elements, and notes the marked content that they use."""

    def __init__(self, numbers, pieces, destinations):
        self.numbers = numbers
        self.pieces = pieces
        self.destinations = destinations
        self.seen = {number: set() for number in pieces}

    def read(self, entry, number):
        if isinstance(entry, int):
            self.seen[number].add(entry)
            return [self.pieces[number][entry]] if entry in self.pieces[number] else []
        number = self.numbers[entry.Pg.objgen] if "/Pg" in entry else number
        if entry.get("/Type") == "/OBJR":
            return []
        entries = _list(entry.get("/K", []))
        attributes = {key: value for group in _list(entry.get("/A", [])) for key, value in group.items()}
        element = Element(
            tag=str(entry.S)[1:],
            kids=[kid for child in entries for kid in self.read(child, number)],
            page=number,
            scope=str(attributes.get("/Scope", ""))[1:],
            identifier=str(entry.get("/ID", "")),
            header_identifiers=tuple(str(header) for header in attributes.get("/Headers", [])),
            alternative=str(entry.get("/Alt", "")),
            target=next(filter(None, map(self.target, entries)), ""),
        )
        return [element]

    def target(self, entry):
        """Return where the link annotation that an entry names leads to: an address, a page number or ""."""
        annotation = entry.get("/Obj", {}) if isinstance(entry, pikepdf.Dictionary) else {}
        if "/Dest" in annotation:
            return self.destinations.get(str(annotation.Dest), "")
        return str(annotation.get("/A", {}).get("/URI", ""))


def _bytes(source: Source) -> bytes:
    return source if isinstance(source, bytes) else Path(source).read_bytes()


def _list(value):
    return list(value) if isinstance(value, list | pikepdf.Array) else [value]


def _blocks(element: Element) -> list[list[str]]:
    """Return the words of each block in the element; a change of line in a block is a blank."""
    blocks: list[list[str]] = [[]]
    line = None

    def walk(parent, in_link):
        nonlocal line
        for kid in parent.kids:
            if isinstance(kid, Piece):
                blocks[-1].append(kid.text if kid.line == line else f" {kid.text}")
                line = kid.line
            elif kid.tag in INLINE:
                if in_link and kid.tag == "Link":
                    blocks[-1].append(" ")
                walk(kid, in_link or kid.tag == "Link")
            else:
                blocks.append([])
                walk(kid, False)
                if kid.tag != "Lbl":
                    blocks.append([])

    walk(element, element.tag == "Link")
    return blocks


def _body(item: Element) -> str:
    return "\n".join(part.text for part in item.kids if part.tag == "LBody")


def _table(element: Element) -> Table:
    cells = {cell.identifier: cell.text for cell in element.find("TH")}
    rows = [
        [
            Cell(cell.tag, cell.text, cell.scope, tuple(cells[header] for header in cell.header_identifiers))
            for cell in row.kids
        ]
        for row in element.find("TR")
    ]
    return Table(next((caption.text for caption in element.find("Caption")), ""), rows)


def _destinations(pdf, numbers) -> dict[str, int]:
    names = pdf.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
    return {str(name): numbers[target[0].objgen] for name, target in zip(names[::2], names[1::2], strict=True)}


def _bookmarks(pdf, numbers) -> Iterator[tuple[int, str, int]]:
    def walk(items: Iterable[pikepdf.OutlineItem], level: int):
        for item in items:
            yield level, item.title, numbers[item.destination[0].objgen]
            yield from walk(item.children, level + 1)

    with pdf.open_outline() as outline:
        yield from walk(outline.root, 1)


def _pieces(sheet, number: int) -> dict[int | str, Piece]:
    """Return the text of a page by its marked-content number, and text outside the tags by names of its own."""
    clusters: dict[int | str, list[str]] = {}
    lines: dict[int | str, tuple[int, float]] = {}
    _collect(sheet, sheet.get("/Resources"), number, "artefact", clusters, lines)
    return {key: Piece("".join(_in_logical_order(found)), lines[key]) for key, found in clusters.items()}


def _collect(content, resources, number, outside, clusters, lines):
    marks: list[int | str] = []
    glyphs: dict[int, str] = {}
    width = 4
    for operands, operator in pikepdf.parse_content_stream(content):
        match str(operator):
            case "BMC":
                marks.append(f"{outside} {len(clusters)}")
            case "BDC":
                numbered = isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]
                marks.append(int(operands[1].MCID) if numbered else f"{outside} {len(clusters)}")
            case "EMC":
                marks.pop()
            case "Tf":
                glyphs = _unicode(resources.Font[str(operands[0])])
                width = 2 if resources.Font[str(operands[0])].Subtype == "/Type3" else 4
            case "Tm":
                lines[marks[-1] if marks else outside] = (number, round(float(operands[5]), 1))
            case "TJ" | "Tj":
                shown = [part for part in _list(operands[0]) if isinstance(part, pikepdf.String)]
                codes = "".join(bytes(part).hex() for part in shown)
                key = marks[-1] if marks else outside
                lines.setdefault(key, (number, 0))
                clusters.setdefault(key, []).extend(
                    glyphs.get(int(codes[i : i + width], 16), "") for i in range(0, len(codes), width)
                )
            case "Do":
                form = resources.XObject[str(operands[0])]
                if form.get("/Subtype") == "/Form":
                    name = f"{outside} {operands[0]}"
                    _collect(form, form.get("/Resources", resources), number, name, clusters, lines)


def _unicode(font) -> dict[int, str]:
    """Return the text of each glyph of a font, from the "bfchar" lines that WeasyPrint writes."""
    lines = re.findall(r"^<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>$", font.ToUnicode.read_bytes().decode(), re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in lines}


def _in_logical_order(clusters: list[str]) -> list[str]:
    """Turn round each run of right-to-left text, for the page has its glyphs from left to right.

    The order of such a run among numbers and Latin words in one line stays that of the page.
    """
    ordered = list(clusters)
    for run in re.finditer("R(?:N*R)*", "".join(map(_direction, clusters))):
        ordered[slice(*run.span())] = reversed(clusters[slice(*run.span())])
    return ordered


def _direction(cluster: str) -> str:
    direction = unicodedata.bidirectional(cluster[0]) if cluster else "NSM"
    return "R" if direction in ("R", "AL") else "N" if direction in ("NSM", "WS", "CS", "ON") else "L"
