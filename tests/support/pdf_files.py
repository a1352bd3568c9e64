"""Builds small PDFs whose text is drawn line by line, as printers draw it."""

import zlib
from collections.abc import Sequence


def pdf_file(*pages: Sequence[str]) -> bytes:
    """Return a PDF with these lines on its pages, in one of the fonts that every reader has."""
    return of_contents(*(_drawn(lines) for lines in pages))


def _drawn(lines: Sequence[str]) -> bytes:
    shown = [f"({line}) Tj 0 -14 Td".encode("latin-1") for line in lines]
    return b"BT /F 11 Tf 60 780 Td " + b" ".join(shown) + b" ET"


def of_contents(*contents: bytes) -> bytes:
    """Return a PDF with these streams as its pages."""
    first = 4
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, content in enumerate(contents):
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Contents {first + 2 * at + 1} 0 R /Resources << /Font << /F 3 0 R >> >> >>"
        )
        packed = zlib.compress(content)
        head = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
        objects += [page.encode(), head + packed + b"\nendstream"]
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + (end + trailer).encode()
