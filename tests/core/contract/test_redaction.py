"""Secrets in every form of an address that GDAL takes, and in texts that quote one."""

from __future__ import annotations

import io
import logging
import pickle
import sys
from urllib.parse import quote

import pytest

from gac_core.contract import redaction
from gac_core.contract.errors import SceneError
from gac_core.contract.redaction import (
    MARK,
    Addresses,
    address_path,
    is_redacted,
    redacted,
    redacted_text,
    redacted_values,
)

SECRET = "S3CRETx9"
URL = "http://h/VV.tif"
SIGNED = f"http://user:{SECRET}@h/VV.tif?sig={SECRET}"


def encoded(text: str) -> str:
    return quote(text, safe="")


FORMS = {
    "user": f"http://user:{SECRET}@h/VV.tif",
    "user alone": f"https://{SECRET}@h/VV.tif",
    "no path": f"http://user:{SECRET}@h:8080",
    "capitals": f"HTTP://USER:{SECRET}@h/VV.tif",
    "ftp": f"/vsicurl/ftp://user:{SECRET}@h/VV.tif",
    "at in password": f"http://user:a@{SECRET}@h/VV.tif",
    "slash in password": f"http://user:a/{SECRET}@h/VV.tif",
    "question in password": f"http://user:a?{SECRET}@h/VV.tif",
    "blank in password": f"http://user:a {SECRET}@h/VV.tif",
    "quote in password": f'http://user:a"{SECRET}@h/VV.tif',
    "apostrophe in password": f"http://user:a'{SECRET}@h/VV.tif",
    "encoded user": f"http://user%3A{SECRET}%40h/VV.tif",
    "query": f"http://h/VV.tif?sig={SECRET}",
    "query without a name": f"http://h/VV.tif?{SECRET}",
    "query of Amazon": f"http://h/VV.tif?X-Amz-Credential={SECRET}&X-Amz-Signature={SECRET}",
    "encoded name": f"http://h/get?file=VV.tif&%73ig={SECRET}",
    "fragment": f"http://h/VV.tif#access_token={SECRET}",
    "path parameter": f"http://h/VV.tif;jsessionid={SECRET}",
    "address in a path": f"http://h/proxy/http://u:{SECRET}@x/VV.tif",
    "vsicurl": f"/vsicurl/http://user:{SECRET}@h/VV.tif",
    "streaming": f"/vsicurl_streaming/http://u:{SECRET}@h/VV.tif",
    "header": f"/vsicurl?header.Authorization=Bearer%20{SECRET}&url={encoded(URL)}",
    "header with a blank": f"/vsicurl?header.Authorization=Bearer {SECRET}&url={URL}",
    "header file": f"/vsicurl?header_file=/x/{SECRET}&url={URL}",
    "user option": f"/vsicurl?userpwd=u:{SECRET}&url={URL}",
    "encoded": f"/vsicurl?max_retry=2&url={encoded(SIGNED)}",
    "encoded twice": f"/vsicurl?url={encoded(encoded(SIGNED))}&max_retry=2",
    "encoded alone": encoded(SIGNED),
    "cloud": f"/vsis3/b/VV.tif?AWSAccessKeyId={SECRET}&Signature={SECRET}",
    "braces": f"/vsizip/{{/vsicurl/http://user:{SECRET}@h/a.zip?sig={SECRET}}}/VV.tif",
    "no braces": f"/vsizip//vsicurl/http://user:{SECRET}@h/a.zip/VV.tif",
    "vrt": f"vrt:///vsicurl/http://user:{SECRET}@h/VV.tif?bands=1,2&sig={SECRET}",
    "vrt of an address": f"vrt://http://user:{SECRET}@h/VV.tif?bands=1,2",
    "subdataset": f'NETCDF:"http://user:{SECRET}@h/x.nc":vv',
    "signed subdataset": f'NETCDF:"/vsicurl/http://h/x.nc?token={SECRET}":vv',
    "directory": f"GTIFF_DIR:1:/vsicurl/http://u:{SECRET}@h/VV.tif",
    "coverage": f"WCS:http://h/wcs?version=1.0.0&coverage=s1&apikey={SECRET}",
    "coverage with a user": f"WCS:http://user:{SECRET}@h/wcs?coverage=s1",
    "PostgreSQL": f"PG:host=h dbname=d user=u password='{SECRET}' schema=s",
    "PostgreSQL in quotes": f'PG:"host=h password={SECRET}"',
    "PostgreSQL's address": f"postgresql://u:{SECRET}@h/db?table=t",
    "Oracle": f"OCI:scott/{SECRET}@db",
    "GeoRaster": f"GEORASTER:scott,{SECRET},db,TABLE",
    "SQL Server": f"MSSQL:server=h;uid=u;pwd={SECRET};database=d",
    "encrypted": f"/vsicrypt/key={SECRET},file=/d/VV.tif",
    "encrypted, encoded": f"/vsicrypt/cipher=AES,key_b64={SECRET}==,file=/d/VV.tif",
    "key of a service": f"EEDAI:projects/x?key={SECRET}",
    "Planet": f"PLMOSAIC:mosaic=m,api_key={SECRET}",
    "XML": f"<WCS_GDAL><ServiceURL>http://u:{SECRET}@h/wcs?t={SECRET}</ServiceURL>"
    f"<UserPwd>u:{SECRET}</UserPwd></WCS_GDAL>",
}

PRINTED = {
    "environment": f"{{'AWS_SECRET_ACCESS_KEY': '{SECRET}', 'GDAL_HTTP_USERPWD': 'u:{SECRET}'}}",
    "JSON": f'{{"AWS_SESSION_TOKEN": "{SECRET}", "user": {{"password":"{SECRET}"}}}}',
    "YAML": f"password: {SECRET}",
    "option": f"SWIFT_KEY={SECRET} AZURE_STORAGE_SAS_TOKEN=sv=1&sig={SECRET}",
    "netrc": f"machine h login u password {SECRET}",
    "private key": f"-----BEGIN RSA PRIVATE KEY-----\n{SECRET}\n-----END RSA PRIVATE KEY-----",
    "private key cut short": f"-----BEGIN PRIVATE KEY-----\\n{SECRET}",
}
"""What libraries and crash logs print of what they were set up with."""

HARMLESS = (
    "/data/a b?sig=1.tif",
    "/data/password=x/VV.tif",
    "C:\\data\\token=5\\VV.tif",
    "S1_VV.tif",
    "data/a@2x.tif",
    "~/x.tif",
    "s1:2018.tif",
    "/data/a***b.tif",
    'NETCDF:"/d/x.nc":vv',
    "/vsizip//data/a.zip/VV.tif",
    "WCS:http://h/wcs?version=1.0.0&coverage=s1",
    "vrt:///d/a.tif?bands=2,1",
    URL,
    f"/vsicurl?url={encoded(URL)}",
)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_no_form_of_a_secret_is_left(form: str) -> None:
    shown = redacted(form)
    assert SECRET not in shown and MARK in shown
    assert redacted(shown) == shown and is_redacted(shown)
    assert SECRET not in address_path(form)
    message = f"The radar file {form} cannot be read."
    told = redacted_text(message)
    assert SECRET not in told and told.endswith(" cannot be read.")
    assert redacted_text(told) == told
    error = SceneError(message, f"Look at {form}, then try again.")
    assert SECRET not in f"{error} {error.message} {error.remedy} {error!r}"


@pytest.mark.parametrize("text", PRINTED.values(), ids=PRINTED)
def test_no_secret_is_left_of_what_is_printed(text: str) -> None:
    told = redacted_text(f"Set up with {text} by hand.")
    assert SECRET not in told and MARK in told
    assert redacted_text(told) == told


@pytest.mark.parametrize(
    "text", ["Stage 1: tile 3 of 9", "Unexpected token: line 3", "The token was refused: 401."]
)
def test_sentences_stay(text: str) -> None:
    assert redacted_text(text) == text


@pytest.mark.parametrize("address", HARMLESS)
def test_what_holds_no_secret_stays(address: str) -> None:
    assert redacted(address) == address
    assert not is_redacted(address)


def test_headers_in_messages() -> None:
    for text in (
        f"> Authorization: Bearer {SECRET}",
        f"Cookie: session={SECRET}",
        f"X-Api-Key: {SECRET}",
        f"sent Bearer {SECRET}",
    ):
        assert SECRET not in redacted_text(text)
    assert redacted_text("The bearer of news. 3 tokens = 5 a: b") == (
        "The bearer of news. 3 tokens = 5 a: b"
    )


def test_names_are_those_of_the_file() -> None:
    assert address_path(f"/vsicurl?header.X={SECRET}&url={encoded(SIGNED)}").endswith("h/VV.tif")
    assert address_path(f"http://h/S1A_x/VV.tif?st=2025&sig={SECRET}") == "http://h/S1A_x/VV.tif"
    assert address_path("/data/what?.tif") == "/data/what?.tif"


def test_another_signature_is_the_same_address() -> None:
    assert redacted("http://u:1@h/a.tif?sig=1") == redacted("http://u:2@h/a.tif?sig=22")


def test_values_within_values() -> None:
    values = {"a": [SIGNED, 5, None, {SIGNED: (SIGNED,)}], "b": True}
    assert SECRET not in str(redacted_values(values))
    assert redacted_values(values)["a"][1:3] == [5, None]


def test_addresses_that_travel_print_no_secret() -> None:
    travelling = pickle.loads(pickle.dumps(Addresses((SIGNED,))))
    assert travelling.paths == (SIGNED,)
    assert SECRET not in f"{travelling} {travelling!r}"


def test_what_is_printed_and_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    printed, logged = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", printed)
    factory = logging.getLogRecordFactory()
    logger, handler = logging.getLogger("tests.redaction"), logging.StreamHandler(logged)
    logger.addHandler(handler)
    try:
        redaction.redact_output()
        redaction.redact_output()
        print(f"HTTP 403: {SIGNED}", file=sys.stderr)
        logger.error("%s failed", SIGNED)
        try:
            raise ValueError(SIGNED)
        except ValueError:
            logger.exception("odd")
    finally:
        logger.removeHandler(handler)
        logging.setLogRecordFactory(factory)
    assert SECRET not in printed.getvalue() + logged.getvalue()
    assert "HTTP 403" in printed.getvalue()
    assert "ValueError" in logged.getvalue() and "failed" in logged.getvalue()


def test_long_texts_take_no_time() -> None:
    """The patterns are linear: a message may be a whole file."""
    for text in ("a:" * 100_000, "http://" * 20_000, "x=" * 100_000, "%253A" * 50_000, "<" * 10**5):
        assert isinstance(redacted_text(text), str)


def test_a_token_of_hugging_face_is_hidden_wherever_it_stands():
    assert redacted_text("it was hf_abcDEF123456, said he") == "it was hf_***, said he"
    assert redacted_text("hf_transfer is a package") == "hf_transfer is a package"
