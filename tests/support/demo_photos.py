"""Draws the photos of the demo's training reports: `python -m tests.support.demo_photos`."""

import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from struct import pack, unpack

FOLDER = Path("src/answerable/cli/demo_material/photos")
WIDTH, HEIGHT = 320, 200
HEADER = pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
"""Eight bits a pixel, out of a palette, in rows."""
PALETTE = (
    *((244, 241, 234), (222, 215, 200), (176, 160, 132), (122, 98, 72), (70, 58, 48), (30, 28, 26)),
    *((250, 250, 248), (156, 42, 36), (92, 112, 128), (198, 204, 208)),
)
PAPER, SAND, CLAY, WOOD, DARK, INK, WHITE, RED, SLATE, MIST = range(10)

# Five columns and seven rows for each letter of the one word that must be seen.
LETTERS = {
    "T": ("#####", "..#..", "..#..", "..#..", "..#..", "..#..", "..#.."),
    "R": ("####.", "#...#", "#...#", "####.", "#.#..", "#..#.", "#...#"),
    "A": (".###.", "#...#", "#...#", "#####", "#...#", "#...#", "#...#"),
    "I": ("#####", "..#..", "..#..", "..#..", "..#..", "..#..", "#####"),
    "N": ("#...#", "##..#", "##..#", "#.#.#", "#..##", "#..##", "#...#"),
    "G": (".####", "#....", "#....", "#.###", "#...#", "#...#", ".###."),
}


class Picture:
    """Rows of colours out of PALETTE."""

    def __init__(self, ground: int) -> None:
        self.rows = [bytearray([ground]) * WIDTH for _ in range(HEIGHT)]

    def box(self, left: int, top: int, size: tuple[int, int], colour: int) -> None:
        across, down = size
        for row in self.rows[top : top + down]:
            row[left : left + across] = bytes([colour]) * len(row[left : left + across])

    def word(self, word: str, at: tuple[int, int], scale: int, colour: int) -> None:
        left, top = at
        for place, letter in enumerate(word):
            for down, line in enumerate(LETTERS[letter]):
                for across, dot in enumerate(line):
                    if dot == "#":
                        x = left + (place * 6 + across) * scale
                        self.box(x, top + down * scale, (scale, scale), colour)

    def png(self) -> bytes:
        raw = b"".join(b"\x00" + bytes(row) for row in self.rows)
        parts = (
            (b"IHDR", HEADER),
            (b"PLTE", b"".join(bytes(colour) for colour in PALETTE)),
            (b"IDAT", zlib.compress(raw, 9)),
            (b"IEND", b""),
        )
        chunks = [
            pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))
            for kind, data in parts
        ]
        return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def door() -> Picture:
    picture = Picture(CLAY)
    picture.box(0, 170, (WIDTH, 30), SAND)
    picture.box(106, 26, (108, 146), DARK)
    picture.box(112, 32, (46, 140), WOOD)
    picture.box(162, 32, (46, 140), WOOD)
    picture.box(150, 98, (20, 5), SLATE)
    picture.box(153, 102, (14, 16), MIST)
    picture.box(174, 74, (28, 36), WHITE)
    for line in range(80, 106, 6):
        picture.box(178, line, (20, 2), SLATE)
    return picture


def chairs() -> Picture:
    picture = Picture(PAPER)
    picture.box(0, 120, (WIDTH, 80), SAND)
    picture.box(90, 20, (140, 62), SLATE)
    for row, top in enumerate((104, 132, 160)):
        for left in range(24 - row * 8, WIDTH - 20, 52 + row * 4):
            picture.box(left, top, (24, 4), WOOD)
            picture.box(left, top - 20, (4, 24), WOOD)
            picture.box(left, top + 4, (3, 16), DARK)
            picture.box(left + 21, top + 4, (3, 16), DARK)
    return picture


def white_book() -> Picture:
    picture = Picture(WOOD)
    picture.box(0, 150, (WIDTH, 50), DARK)
    picture.box(104, 30, (116, 150), INK)
    picture.box(98, 24, (116, 150), WHITE)
    picture.box(98, 24, (8, 150), MIST)
    picture.box(124, 92, (72, 4), CLAY)
    picture.box(136, 102, (48, 3), CLAY)
    return picture


def letter() -> Picture:
    picture = Picture(SLATE)
    picture.box(84, 8, (152, 188), MIST)
    picture.box(80, 4, (152, 188), WHITE)
    for at, line in enumerate(range(74, 140, 9)):
        picture.box(94, line, (124 if at % 3 else 96, 2), CLAY)
    for inset, colour in ((0, RED), (3, WHITE), (7, RED), (9, WHITE)):
        picture.box(166 + inset, 148 + inset, (52 - 2 * inset, 34 - 2 * inset), colour)
    picture.box(176, 163, (32, 3), RED)
    return picture


PHOTOS: Mapping[str, Callable[[], Picture]] = {
    "door.png": door,
    "chairs.png": chairs,
    "white-book.png": white_book,
    "letter.png": letter,
}


def drawn(name: str) -> bytes:
    """Return a photo as PNG, marked TRAINING."""
    picture = PHOTOS[name]()
    picture.box(84, 38, (152, 27), WHITE)
    picture.word("TRAINING", (90, 41), 3, RED)
    return picture.png()


def pixels_of(png: bytes) -> tuple[bytes, bytes]:
    """Return the palette and the rows of a picture of this kind.

    Raises:
        ValueError: a chunk does not have its checksum, or another kind of picture is in it.
    """
    parts: dict[bytes, bytes] = {}
    rest = png.removeprefix(b"\x89PNG\r\n\x1a\n")
    while rest:
        (length,) = unpack(">I", rest[:4])
        kind, data, check = rest[4:8], rest[8 : 8 + length], rest[8 + length : 12 + length]
        if pack(">I", zlib.crc32(kind + data)) != check:
            raise ValueError(f"the checksum of {kind!r}")
        parts[kind] = data
        rest = rest[12 + length :]
    if parts[b"IHDR"] != HEADER:
        raise ValueError("not of this size and kind")
    return parts[b"PLTE"], zlib.decompress(parts[b"IDAT"])


if __name__ == "__main__":
    for photo in PHOTOS:
        (FOLDER / photo).write_bytes(drawn(photo))
