"""A small web server with byte ranges and WCS 1.0.0, for a process of its own.

GDAL keeps Python's lock while it waits for an answer: a server in a thread could not give one.

    python serving.py FOLDER    prints its port; files of FOLDER, and /wcs with FOLDER/s1.tif
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import rasterio
from rasterio.io import MemoryFile
from rasterio.windows import from_bounds

CAPABILITIES = """<WCS_Capabilities version="1.0.0" xmlns="http://www.opengis.net/wcs"
xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:gml="http://www.opengis.net/gml">
<Service><name>test</name><label>test</label></Service><Capability><Request><GetCoverage><DCPType>
<HTTP><Get><OnlineResource xlink:href="http://{host}/wcs?"/></Get></HTTP></DCPType></GetCoverage>
</Request></Capability><ContentMetadata><CoverageOfferingBrief><name>s1</name><label>s1</label>
<lonLatEnvelope srsName="urn:ogc:def:crs:OGC:1.3:CRS84"><gml:pos>15 48</gml:pos>
<gml:pos>16 49</gml:pos></lonLatEnvelope></CoverageOfferingBrief></ContentMetadata>
</WCS_Capabilities>"""
COVERAGE = """<?xml version="1.0"?><CoverageDescription version="1.0.0"
xmlns="http://www.opengis.net/wcs" xmlns:gml="http://www.opengis.net/gml"><CoverageOffering>
<name>s1</name><domainSet><spatialDomain><gml:RectifiedGrid srsName="EPSG:32633" dimension="2">
<gml:limits><gml:GridEnvelope><gml:low>0 0</gml:low><gml:high>{cols} {rows}</gml:high>
</gml:GridEnvelope></gml:limits><gml:axisName>x</gml:axisName><gml:axisName>y</gml:axisName>
<gml:origin><gml:pos>{x} {y}</gml:pos></gml:origin>
<gml:offsetVector>{step} 0</gml:offsetVector><gml:offsetVector>0 -{step}</gml:offsetVector>
</gml:RectifiedGrid></spatialDomain></domainSet><supportedCRSs>
<requestResponseCRSs>EPSG:32633</requestResponseCRSs></supportedCRSs><supportedFormats>
<formats>GeoTIFF</formats></supportedFormats></CoverageOffering></CoverageDescription>"""


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD."""

    folder = Path()

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        path = self.folder / address.path.lstrip("/")
        if address.path == "/wcs":
            self.wcs({k.lower(): v[0] for k, v in parse_qs(address.query).items()})
        elif address.path == "/silent":
            time.sleep(3600)
        elif not path.is_file():
            self.answer(404, b"", "text/plain")
        else:
            self.file(path, path.stat().st_size)

    def file(self, path: Path, size: int) -> None:
        match = re.match(r"bytes=(\d+)-(\d*)", self.headers.get("Range") or "")
        first, last = (int(match[1]), int(match[2] or size)) if match else (0, size)
        last = min(last, size - 1)
        with path.open("rb") as file:
            file.seek(first)
            content = file.read(last + 1 - first)
        where = {"Content-Range": f"bytes {first}-{last}/{size}"} if match else {}
        self.answer(206 if match else 200, content, "application/octet-stream", where)

    def wcs(self, asked: dict[str, str]) -> None:
        with rasterio.open(self.folder / "s1.tif") as file:
            grid = file.transform
            if asked["request"] == "GetCapabilities":
                told = CAPABILITIES.format(host=self.headers["Host"])
                self.answer(200, told.encode(), "text/xml")
            elif asked["request"] == "DescribeCoverage":
                x, y = grid.c + grid.a / 2, grid.f + grid.e / 2
                size = {"cols": file.width - 1, "rows": file.height - 1}
                told = COVERAGE.format(**size, x=x, y=y, step=grid.a)
                self.answer(200, told.encode(), "text/xml")
            else:
                bounds = [float(v) for v in asked["bbox"].split(",")]
                window = from_bounds(*bounds, grid).round_offsets().round_lengths()
                shape = (file.count, int(asked["height"]), int(asked["width"]))
                profile = {**file.profile, "height": shape[1], "width": shape[2], "tiled": False}
                profile |= {"transform": file.window_transform(window)}
                with MemoryFile() as memory:
                    with memory.open(**profile) as out:
                        out.write(file.read(window=window, out_shape=shape, boundless=True))
                    self.answer(200, memory.read(), "image/tiff")

    def answer(
        self, status: int, content: bytes, kind: str, more: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(content))}
        for key, value in (headers | {"Accept-Ranges": "bytes"} | (more or {})).items():
            self.send_header(key, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server over a folder, in a process of its own: the process, and its address."""
    command = [sys.executable, __file__, str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process, f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


if __name__ == "__main__":
    Handler.folder = Path(sys.argv[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()
