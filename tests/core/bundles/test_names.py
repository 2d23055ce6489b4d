"""Names in cards: what stays in its folder, and what may be passed on."""

from __future__ import annotations

import pytest

from gac_core.bundles.bundle import is_portable, without_folders


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("train --data-dir /home/ann/pairs --lr 1e-4", "train --data-dir pairs --lr 1e-4"),
        ("train --data-dir ~/pairs/ -x", "train --data-dir pairs -x"),
        ("train --data-dir C:\\Users\\ann\\pairs", "train --data-dir pairs"),
        ("train --data-dir '/home/ann/pairs'", "train --data-dir 'pairs'"),
        ("--out=/home/ann/out", "--out=out"),
        ("train --data-dir '/home/ann b/my pairs/' -x", "train --data-dir 'my pairs' -x"),
        ("--data-dir 'C:\\Users\\Ann Müller\\pairs'", "--data-dir 'pairs'"),
        ("--data-dir=\"D:/Ann Müller/pairs\" -x '/a/b'", "--data-dir=\"pairs\" -x 'b'"),
        ("train --data-dir \\\\server\\ann\\pairs", "train --data-dir pairs"),
        ("train --data-dir \\\\?\\D:\\ann\\pairs -x", "train --data-dir pairs -x"),
        ("it's one of 'a' and 'b', isn't it?", None),
        ("pairs of two summers, 3/4 of them; see https://a.org/b", None),
        ("python -m training.train_stage2 --data-dir ../data --epochs 3", None),
    ],
)
def test_folders_are_not_passed_on(text, public):
    assert without_folders(text) == (public or text)


@pytest.mark.parametrize("name", ["head.safetensors", "stage2/adapter/a-b_c.json", "A" * 80])
def test_names_that_every_system_can_store(name):
    assert is_portable(name)
