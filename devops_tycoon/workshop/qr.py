"""QR codes of an address: for a page, and for a terminal."""

from io import BytesIO

import segno


def qr_svg(address: str) -> bytes:
    """Return the code as an SVG."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", scale=8, border=4, light="#fff", xmldecl=False)
    return out.getvalue()


def qr_rows(address: str) -> list[str]:
    """Return the code as lines of half blocks: dark on light, with its quiet zone."""
    matrix = [[bool(cell) for cell in row] for row in segno.make(address, error="l", micro=False).matrix_iter(border=2)]
    if len(matrix) % 2:
        matrix.append([False] * len(matrix[0]))
    blocks = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
    return [
        "".join(blocks[upper, lower] for upper, lower in zip(above, below, strict=True))
        for above, below in zip(matrix[::2], matrix[1::2], strict=True)
    ]
