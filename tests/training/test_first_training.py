"""The page docs/first-training.md: its commands, figures and paths."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path, PureWindowsPath

import pytest
import yaml

import training.evaluate
import training.precompute_stage1
import training.train_stage2
import training.train_stage3
from gac_core.band_statistics import S2_BANDS
from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import engine_root
from gac_core.cli import commands
from gac_core.contract.layout import CARD
from tests.bench.training_flops import PAIRS, SHARES, TFLOPS, Cost
from tests.core import full_size, tiny
from tests.core.store.hub_server import Hub
from tests.training.data.made import PATCHES, write_bigearthnet
from training.config import load
from training.data.bigearthnet import SIDE, Patch
from training.data.split import split_by_tile
from training.data.stage1_outputs import image_path
from training.sections import Stage2Config, Stage3Config

PAGE = engine_root() / "docs" / "first-training.md"
PARSERS = {
    "gac_core.cli": commands.parser,
    "training.precompute_stage1": training.precompute_stage1.parser,
    "training.train_stage2": training.train_stage2.parser,
    "training.train_stage3": training.train_stage3.parser,
    "training.evaluate": training.evaluate.parser,
}
CONFIGS = engine_root() / "training" / "configs" / "train"
SHIPPED = engine_root() / "resources" / "bundles"
PUBLISHED = ("terramind-base", "prithvi-600M")
WINDOWS_LIMIT = 259
"""Characters of a path, without the longer ones that must be switched on."""

HEAD = {key: value for key, value in asdict(tiny.HEAD).items() if key != "observed"}
"""A head's settings; whether it sees observed pixels follows from the clouds that it trains on."""
TRAINING = {
    "fit": {"epochs": 1, "warmup_steps": 1, "ema": 0.0, "pictures": 1, "grad_accum_steps": 2},
    "data": {"crop": 96},
    "models": {
        "prithvi": asdict(tiny.PRITHVI),
        "head": json.loads(json.dumps(HEAD)),
        "lora_rank": 2,
    },
}
SMALL = {
    "training.train_stage2": {**TRAINING, "stage2": {"unfreeze_last": 1}},
    "training.train_stage3": {
        **TRAINING,
        "bridge": {"reduced": 8, "widths": [8, 16], "depths": [1, 1], "context": 8},
        "critic": {"reduced": 8, "width": 8, "steps": 2},
    },
}
"""Settings that go with small networks and few pairs; all else is as on the page."""


def blocks(language: str) -> list[str]:
    text = PAGE.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.+?)^```$", text, re.MULTILINE | re.DOTALL)


def lines() -> list[str]:
    """The commands for both shells."""
    return [line for block in blocks("shell") for line in block.splitlines()]


def module(line: str) -> str:
    words = line.split()
    assert words[:2] == ["python", "-m"], line
    return words[2]


@pytest.mark.parametrize("line", lines())
def test_flags_are_understood(line):
    PARSERS[module(line)]().parse_args(shlex.split(line)[3:])


def test_both_shells_read_the_lines_alike():
    """Words, double quotes, flags and variables that both set-ups define; one line each."""
    (setup,), (bash,) = blocks("powershell"), blocks("bash")
    variables = {*re.findall(r"^\$(\w+) =", setup, re.MULTILINE)}
    assert variables == {*re.findall(r"^(\w+)=", bash, re.MULTILINE)}
    for line in lines():
        assert re.fullmatch(r'(?:[\w./ -]|"[\w$/. -]+")+', line), line
        assert {*re.findall(r"\$(\w+)", line)} <= variables, line
        assert all(word.startswith('"$') for word in line.split() if "$" in word), line


def test_every_stage_is_trained_on_the_same_pairs():
    own = [line for line in lines() if "--output-dir" in line]
    chosen = [re.search(r"--max-tiles .*skip", line).group() for line in own]
    assert len(chosen) == 3 and len({*chosen}) == 1


def test_paths_fit_into_those_of_windows():
    """BigEarthNet's names are long: those with the longest radar and tile names there are."""
    longest = 0
    for name, radar in PATCHES:
        patch = Patch(name, radar, "")
        files = [patch.optical_folder / f"{patch.name}_{band}.tif" for band in S2_BANDS]
        files.append(patch.radar_folder / f"{patch.radar}_VV.tif")
        longest = max(longest, *(len(str(file)) for file in files))
    assert f"up to {longest} characters, and Windows' programs take {WINDOWS_LIMIT}" in (
        " ".join(PAGE.read_text(encoding="utf-8").split())
    )
    (setup,) = blocks("powershell")
    data, out = (
        re.search(rf'^\${name} = "(.+)"$', setup, re.MULTILINE)[1] for name in ("data", "out")
    )
    assert len(str(PureWindowsPath(data))) + 1 + longest <= WINDOWS_LIMIT
    image = image_path(Path(out, "stage1"), PATCHES[0][0])
    assert len(str(PureWindowsPath(image))) + len("..part") <= WINDOWS_LIMIT


def test_sizes_are_those_of_the_formats():
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    coarse = {"B01": 6, "B09": 6, "B02": 1, "B03": 1, "B04": 1, "B08": 1}
    optical = sum(2 * (SIDE // coarse.get(band, 2)) ** 2 for band in S2_BANDS)
    pair = optical + 2 * 4 * SIDE**2
    assert f"549,488 pairs of {pair / 1000:.0f} kB" in text
    assert f"unpacked | {549_488 * pair / 1e9:.0f} GB" in text
    image = len(S2_BANDS) * 2 * SIDE**2
    assert f"{image / 1e6:.2f} MB a pair, {4000 * image / 1e9:.1f} GB for 4000" in text
    cards = [json.loads((SHIPPED / name / CARD).read_text("utf-8")) for name in PUBLISHED]
    weights = [*cards[0]["terramind"]["weights"].values(), *cards[1]["weights"]]
    assert f"{sum(weight['bytes'] for weight in weights) / 1e9:.1f} GB" in text


def test_hours_follow_from_flop():
    text = PAGE.read_text(encoding="utf-8")
    whats = ("stage 1's images, once", "stage 2, an epoch", "stage 3, an epoch")
    for stage, what, pairs in zip((1, 2, 3), whats, (4000, 3200, 3200), strict=True):
        row = re.search(rf"^\| {what} \| (.+?) \| (.+?) to (.+?) \|$", text, re.MULTILINE)
        tera, least, most = map(float, row.groups())
        cost = Cost(stage, tera * 1e12)
        rates = zip((most, least), TFLOPS, SHARES, strict=True)
        for hours, tflops, share in rates:
            assert cost.hours(tflops, share) * pairs / PAIRS == pytest.approx(hours, rel=0.05)
        if stage > 1:
            config = yaml.safe_load((CONFIGS / f"stage{stage}.lowvr.yaml").read_text("utf-8"))
            epochs = config["fit"]["epochs"]
            total = f"all {epochs} | | {round(least * epochs)} to {round(most * epochs)} |"
            assert f"| stage {stage}, {total}" in text


@pytest.mark.parametrize(("name", "schema"), zip(SMALL, (Stage2Config, Stage3Config), strict=True))
def test_the_small_settings_are_understood(tmp_path, name, schema):
    """Those of the slow test below, which would tell after minutes only."""
    file = tmp_path / "small.yaml"
    file.write_text(yaml.safe_dump(SMALL[name]), encoding="utf-8")
    config = load(schema, (file,), {})
    assert config.models.head.reduced == tiny.HEAD.reduced
    assert config.fit.epochs == 1


def stand_ins(root: Path) -> tuple[Path, dict[tuple[str, str], bytes]]:
    """Cards of small networks under the published names, and the files of their repositories."""
    folder, files = root / "cards", root / "published"
    files.mkdir(parents=True)
    base, prithvi = (json.loads((SHIPPED / name / CARD).read_text("utf-8")) for name in PUBLISHED)
    base["terramind"]["shape"] = asdict(tiny.SHAPE)
    base["window"] = {"size": 96, "overlap": 32, "margin": 8, "decode": 96}
    weights = [*base["terramind"]["weights"].values(), *prithvi["weights"]]
    for weight in weights:
        weight |= {"sha256": None, "revision": None}
    for name, card in zip(PUBLISHED, (base, prithvi), strict=True):
        (folder / name).mkdir(parents=True)
        (folder / name / CARD).write_text(json.dumps(card), encoding="utf-8")
    full_size.save_published(base, files)
    full_size.save_prithvi(files, tiny.PRITHVI)
    return folder, {(w["repo"], w["file"]): (files / w["file"]).read_bytes() for w in weights}


def patches() -> tuple[tuple[str, str], ...]:
    """Two patches of each of four tiles that train, two that validate, two that are held out."""
    drawn = split_by_tile([f"33U{a}{b}" for a in "UVWXY" for b in "PQRST"])
    tiles = [
        tile
        for role, count in (("train", 4), ("val", 2), ("test", 2))
        for tile in [each for each in drawn if drawn[each] == role][:count]
    ]
    return tuple(
        (
            f"S2A_MSIL2A_20170613T101031_N9999_R022_T{tile}_26_{row}",
            f"S1A_IW_GRDH_1SDV_20170613T165043_{tile}_26_{row}",
        )
        for tile in tiles
        for row in (57, 58)
    )


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.skipif(sys.platform == "win32", reason="the page's bash commands")
def test_the_page_from_the_first_to_the_last_line(tmp_path):
    """Folders have spaces and umlauts, and programs write into a pipe of an old code page."""
    root = tmp_path / "Jürgens Daten"
    cards, files = stand_ins(root)
    write_bigearthnet(root / "BigEarthNet", patches(), apart=20_000)
    more = {
        "gac_core.cli doctor": "--quick",
        "gac_core.cli run": "--device cpu",
        "training.precompute_stage1": "--device cpu",
        "training.evaluate": "--device cpu --threads 1",
    }
    for name, settings in SMALL.items():
        file = root / f"{name}.yaml"
        file.write_text(yaml.safe_dump(settings), encoding="utf-8")
        more[name] = f"--device cpu --config {shlex.quote(str(file))}"
    (setup,) = blocks("bash")
    for name, folder in (("data", "BigEarthNet"), ("out", "training")):
        setup, changes = re.subn(
            rf"^{name}=.*$", f"{name}={shlex.quote(str(root / folder))}", setup, flags=re.MULTILINE
        )
        assert changes == 1
    home = root / "home"
    home.mkdir()
    kept = {name: os.environ[name] for name in ("LANG", "TMPDIR") if name in os.environ}
    with Hub(files) as hub:
        environment = {
            **kept,
            "HOME": str(home),
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "GAC_BUNDLES": str(cards),
            "HF_ENDPOINT": hub.endpoint,
            "OMP_NUM_THREADS": "1",
            "PYTHONIOENCODING": "cp1252",
        }
        for line in lines():
            added = next((text for name, text in more.items() if f"-m {name}" in line), "")
            script = f"set -eu\n{setup}\n{line} {added}\n"
            done = subprocess.run(
                ["bash", "-c", script],
                cwd=engine_root(),
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
            )
            said = done.stdout.decode("cp1252", "replace")
            print(f"$ {line}\n{said}")
            assert done.returncode == 0, f"{line}\n{said}"
    bundle = read_bundle(home / ".local" / "share" / "gac" / "bundles" / "first")
    assert bundle.card["scores"]["mean"] and bundle.refiner and bundle.grounding.bridge
    assert not list(bundle.path.rglob("*.pt"))
    assert (root / "training" / "run" / "opt_v3.tif").is_file()
