"""Every text that users see can be translated, and is, into German and Spanish."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import words

ROOT = Path(__file__).resolve().parents[2]
PLUGIN = sorted((ROOT / "gac_qgis_plugin").rglob("*.py"))
LANGUAGES = ("de", "es")
ROOM = 300
"""What a panel of 320 px leaves to a tab beside the scroll bar."""
TEXTS = words.collect()

SHOWING = re.compile(
    r"set(Text|ToolTip|WindowTitle|Title|PlaceholderText|SpecialValueText|StatusTip|WhatsThis"
    r"|Suffix|Prefix|LabelText|ItemText|HeaderLabels|Format|AllowEmptyLayer|ShowNotSetOption"
    r"|InformativeText|DetailedText|AccessibleName|AccessibleDescription)"
    r"|add(Row|Tab|Item|Items|Action|Menu|Button|Parameter|Section)|insert(Tab|Item|Group)"
    r"|createMessage|push|push(Message|Info|Warning|Critical|Success)|reportError"
    r"|setProgressText|show_text|show_problem|drawText|question|information|warning|critical"
    r"|PluginError|alert|Q(Label|PushButton|ToolButton|CheckBox|RadioButton|GroupBox|Action|Menu"
    r"|TreeWidgetItem|ListWidgetItem|MessageBox|ProgressDialog)|QgsCollapsibleGroupBox"
    r"|QgsProcessing(Parameter|Output)\w+"
)
"""Functions whose arguments are shown to users."""

QUIET = re.compile(r"get|findData|customProperty|findChild|param|resource|value|tr|later|Path")
"""Functions whose own arguments are names and keys, and the two that mark texts."""

PROPER = re.compile(
    r"<[^>]*>|&\w+;|GAC|SYNTHETIC|NDVI|opt_v|EPSG|Sentinel|\b(VV|VH|S1|B0\d|px|km|dB|nan|Python)\b"
)
"""Tags, and what is called so in every language."""

NO_TEXT = {
    # Details are for bug reports, and stay English.
    "PluginError": (2,),
    # Names of parameters and outputs, defaults, formats.
    "QgsProcessingParameter": (0, 2),
    "QgsProcessingOutput": (0,),
}
LOG = ("log.info", "log.warning", "log.failure")
"""The log is for bug reports, and stays English."""


def literals(path: Path) -> Iterator[str]:
    """Texts that are shown as they stand in the source."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or ast.unparse(node.func) in LOG:
            continue
        name = called(node)
        parent = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "super()"
        if not SHOWING.fullmatch(name) and not (parent and name == "__init__"):
            continue
        if name == "__init__" and not is_title(node):
            continue
        if name == "setText" and len(node.args) == 2:
            continue  # a tag of a QImage
        skipped = next((v for k, v in NO_TEXT.items() if name.startswith(k)), ())
        for number, argument in enumerate(node.args):
            if number not in skipped:
                yield from (f"{name}: {text!r}" for text in spoken(argument) if is_words(text))


def spoken(node: ast.AST) -> Iterator[str]:
    """String constants in an expression, without keys and what goes through `tr`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Call):
        yield from spoken(node.func)
        if not QUIET.fullmatch(called(node)):
            for each in node.args:
                yield from spoken(each)
    elif isinstance(node, ast.Subscript):
        yield from spoken(node.value)
    elif isinstance(node, ast.IfExp):
        yield from (*spoken(node.body), *spoken(node.orelse))
    elif isinstance(node, ast.FormattedValue):
        yield from spoken(node.value)
    elif not isinstance(node, (ast.Compare, ast.Lambda, ast.Dict)):
        for child in ast.iter_child_nodes(node):
            yield from spoken(child)


def is_title(node: ast.Call) -> bool:
    """Return whether a base class's arguments look like a title, not a key."""
    return any(re.match(r"[A-Z]|.* ", text) for each in node.args for text in spoken(each))


def called(node: ast.Call) -> str:
    return getattr(node.func, "id", None) or getattr(node.func, "attr", "")


def is_words(text: str) -> bool:
    return re.search(r"[^\W\d_]{3}|[^\W\d_]{2,} [^\W\d_]{2,}", PROPER.sub("", text)) is not None


def while_importing(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls that are made when a module is read, not when a function of it is called."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            defaults = node.args.defaults + [d for d in node.args.kw_defaults if d is not None]
            for default in defaults:
                yield from (n for n in ast.walk(default) if isinstance(n, ast.Call))
            continue
        if isinstance(node, ast.Call):
            yield node
        yield from while_importing(node)


def fields(text: str) -> list[str]:
    """Placeholders and tags of a text; those without a name by their number."""
    found, number = [], 0
    for _, name, form, turn in string.Formatter().parse(text):
        if name is not None:
            found.append(f"{{{name or number}!{turn}:{form}}}")
            number += not name
    return sorted([*found, *re.findall(r"%n|<[^>]+>|opt_v\d|\n", text)])


@pytest.mark.parametrize("path", PLUGIN, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_text_is_shown_as_it_stands_in_the_source(path: Path) -> None:
    assert list(literals(path)) == [], "put it through core/i18n.py's tr"


def test_the_guard_sees_texts(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        "label = QLabel('Good morning')\n"
        "self.button.setToolTip(f'Opens {name} again')\n"
        "raise PluginError(tr('Fine.').format(x), 'Not fine.')\n"
        "box.addRow(tr('Fine') if x == 'right' else escape('Wrong'), widget)\n"
        "super().__init__('Title', parent)\n"
        "QLabel(tr('Fine'))\n"
        "combo.setText(layer.customProperty('gac/stage'))\n"
        "label.setText(f'opt_v{n} · SYNTHETIC')\n"
    )
    found = [each.partition(": ")[2] for each in literals(path)]
    assert found == [
        "'Good morning'",
        "'Opens '",
        "' again'",
        "'Not fine.'",
        "'Wrong'",
        "'Title'",
    ]


@pytest.mark.parametrize("path", PLUGIN, ids=lambda p: str(p.relative_to(ROOT)))
def test_texts_are_translated_when_they_are_shown(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    early = [ast.unparse(c) for c in while_importing(tree) if called(c) in ("tr", "months")]
    assert early == [], "the language is not known yet: mark it by `later`"
    filled = [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and called(node) in ("tr", "later")
        and isinstance(node.args[0], (ast.JoinedStr, ast.BinOp))
    ]
    assert filled == [], "a text is filled after it was translated"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    entries = words.read(words.FOLDER / f"gac_{language}.ts")
    known = {text for text, entry in entries.items() if entry.forms and not entry.vanished}
    assert sorted(set(TEXTS) - known) == [], "call `make words`, then translate what it lists"


@pytest.mark.parametrize("language", words.PLURALS)
def test_numbers_have_a_singular_and_a_plural(language: str) -> None:
    entries = words.read(words.FOLDER / f"gac_{language}.ts")
    wanted = {text for text, told in TEXTS.items() if told.has_number}
    assert {text: len(entries[text].forms or []) for text in wanted} == dict.fromkeys(
        wanted, words.PLURALS[language]
    )


@pytest.mark.parametrize("language", words.PLURALS)
def test_translations_keep_what_is_filled_in(language: str) -> None:
    entries = words.read(words.FOLDER / f"gac_{language}.ts")
    wrong = [
        (text, form)
        for text, entry in entries.items()
        for form in entry.forms or []
        if fields(form) != fields(text)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", words.PLURALS)
def test_the_compiled_catalogue_is_in_step(language: str, qgis) -> None:
    from qgis.PyQt.QtCore import QCoreApplication, QTranslator

    path = words.FOLDER / f"gac_{language}"
    translator = QTranslator()
    assert translator.load(f"{path}.qm")
    QCoreApplication.installTranslator(translator)
    found = []
    for text, entry in words.read(path.with_suffix(".ts")).items():
        forms = [] if entry.vanished or entry.forms is None else entry.forms
        numbers = (1, 2) if len(forms) > 1 else (-1,)
        told = [QCoreApplication.translate("GAC", text, None, n) for n in numbers]
        wanted = [
            form.replace("%n", str(n)) if n > 0 else form
            for form, n in zip(forms or [text], numbers, strict=True)
        ]
        found += [(text, told, wanted)] if told != wanted else []
    QCoreApplication.removeTranslator(translator)
    assert found == [], "call `make words`"


def test_the_plugin_speaks_the_language_of_qgis(language) -> None:
    from gac_qgis_plugin.core.i18n import months, tr

    assert tr("Whole layer") == "Whole layer"
    language("de_AT")
    assert tr("Whole layer") == "Ganzer Layer"
    assert tr("%n note(s) about this run", 1) == "1 Hinweis zu diesem Lauf"
    assert months()[2] == "März"
    assert tr("what nobody has translated") == "what nobody has translated"


def test_a_language_without_a_catalogue_gets_english(language) -> None:
    from gac_qgis_plugin.core.i18n import tr

    language("fi")
    assert tr("Whole layer") == "Whole layer"
    assert tr("%n note(s) about this run", 1) == "1 note about this run"
    assert tr("%n note(s) about this run", 3) == "3 notes about this run"


def test_unloading_gives_the_language_back(language, window) -> None:
    from gac_qgis_plugin.core.i18n import tr
    from gac_qgis_plugin.plugin_main import GacPlugin

    language("es")
    before = tr("Whole layer")
    plugin = GacPlugin(window)
    plugin.initGui()
    plugin.unload()
    assert before == tr("Whole layer") == "Toda la capa"


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_panel_is_narrow_in_every_language(locale: str, language, panel, radar, wait) -> None:
    language(locale)
    radar()
    one = panel("good")
    one.dock.refresh()
    wait(lambda: "VV" in one.text())
    one.dock.advanced.setCollapsed(False)
    one.dock.input.overrides.setCollapsed(False)
    assert one.dock.minimumSizeHint().width() <= 320
    assert one.dock.compare.minimumSizeHint().width() <= ROOM
    bar = one.dock.tabs.tabBar()
    assert sum(bar.tabRect(i).width() for i in range(bar.count())) <= 320


def test_processing_speaks_it_too(language) -> None:
    from gac_qgis_plugin.processing.run import RunAlgorithm

    language("de")
    algorithm = RunAlgorithm().create()
    assert "SYNTHETIC" in algorithm.displayName() and "erzeugen" in algorithm.displayName()
    told = {each.name(): each for each in algorithm.parameterDefinitions()}
    assert told["OUTPUT_FOLDER"].description() == "Ausgabeordner"
    assert told["MONTH"].options()[:3] == ["Nach dem Datum des Layers", "Unbekannt", "Januar"]
    assert told["BIOME"].options()[:2] == ["Nach dem Ort", "Unbekannt"]
    assert told["BIOME"].options()[12] == "Tundra"
