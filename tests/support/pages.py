"""A PDF read back by pdfium, which is not what made it: text, where it stands, files, pixels."""

from dataclasses import dataclass
from functools import cached_property

import pypdfium2
import zxingcpp


@dataclass(frozen=True)
class Line:
    """A line of text on a page, and the box around the ink of its letters, from below left."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    def joined(self, other: "Line") -> "Line":
        return Line(
            self.text + other.text,
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )


class Pages:
    def __init__(self, pdf: bytes) -> None:
        self.document = pypdfium2.PdfDocument(pdf)

    @cached_property
    def texts(self) -> list[str]:
        """Return the text of each page, with one space for each run of space.

        What is set for Khmer letters comes back with some of them doubled.
        """
        return [
            " ".join(page.get_textpage().get_text_range().replace("\u200b", "").split())
            for page in self.document
        ]

    @property
    def text(self) -> str:
        return " ".join(self.texts)

    @property
    def squeezed(self) -> str:
        """Return all text without any space, for what may be broken anywhere."""
        return "".join(self.text.split())

    @property
    def files(self) -> dict[str, bytes]:
        found = (
            self.document.get_attachment(number)
            for number in range(self.document.count_attachments())
        )
        return {one.get_name(): bytes(one.get_data()) for one in found}

    def lines(self, number: int) -> list[Line]:
        read = self.document[number].get_textpage()
        found: list[Line] = []
        signs: list[tuple[str, tuple[float, float, float, float]]] = []
        for at, sign in enumerate(read.get_text_range() + "\n"):
            if sign in "\r\n":
                if signs:
                    found.append(_line(signs))
                signs = []
            elif not sign.isspace() and sign != "\u200b":
                signs.append((sign, read.get_charbox(at)))
        return found

    def ink(self, number: int) -> list[tuple[float, float, float, float]]:
        """Return the boxes around runs of letters: left, bottom, right, top."""
        read = self.document[number].get_textpage()
        return [read.get_rect(at) for at in range(read.count_rects())]

    def size(self, number: int) -> tuple[float, float]:
        width, height = self.document[number].get_size()
        return float(width), float(height)

    def codes(self, number: int) -> list[bytes]:
        """Return what the QR codes of a page hold, as a camera would read them off the paper."""
        seen = self.document[number].render(scale=2.5, grayscale=True)
        pixels = memoryview(bytes(seen.buffer)).cast("B", (seen.height, seen.stride))
        return [bytes(code.bytes) for code in zxingcpp.read_barcodes(pixels)]


def _line(signs: list[tuple[str, tuple[float, float, float, float]]]) -> Line:
    text = "".join(sign for sign, _ in signs)
    lefts, bottoms, rights, tops = zip(*(box for _, box in signs), strict=True)
    return Line(text, min(lefts), min(bottoms), max(rights), max(tops))
