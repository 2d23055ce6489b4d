"""Messages: templates with arguments, through strings, processes, records and redaction."""

from __future__ import annotations

import ast
import copy
import io
import json
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from gac_core.contract.errors import GacError, OutputError, SceneError
from gac_core.contract.message import (
    Message,
    all_of,
    any_of,
    changed,
    join,
    restored,
    with_words,
    words_of,
)
from gac_core.contract.redaction import redacted_text, redacted_values
from gac_core.engine.folder import write_json
from gac_core.worker.channel import Channel
from scripts import words

ENGINE = Path(__file__).resolve().parents[3] / "gac_core"
INNER = Message("band {}", 2)
OUTER = Message("{} holds only {}.", "a.tif", INNER)


def same(one: str, other: str) -> bool:
    """Return whether two texts are equal and made of the same parts."""
    if not isinstance(one, Message) or not isinstance(other, Message):
        return type(one) is type(other) and one == other
    return (
        one == other
        and one.template == other.template
        and len(one.arguments) == len(other.arguments)
        and all(map(same, one.arguments, other.arguments))
    )


def test_a_message_is_its_english_text() -> None:
    assert OUTER == "a.tif holds only band 2."
    assert json.dumps([OUTER]) == '["a.tif holds only band 2."]'
    assert {OUTER: 1}["a.tif holds only band 2."] == 1


def test_braces_in_templates_and_arguments_are_plain_text() -> None:
    assert Message("{} of {a}", "{0}") == "{0} of {a}"
    assert Message("{no argument") == "{no argument"


@pytest.mark.parametrize("arguments", [(), (1, 2)])
def test_each_placeholder_has_one_argument(arguments: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="arguments for"):
        Message("{}", *arguments)


@pytest.mark.parametrize(
    "carry",
    [
        str,
        format,
        copy.copy,
        copy.deepcopy,
        lambda message: pickle.loads(pickle.dumps(message)),
        lambda message: str(ValueError(message)),
        lambda message: pickle.loads(pickle.dumps(SceneError(message))).message,
        lambda message: SceneError("", message).remedy,
        lambda message: OSError(None, message, "a.tif").strerror,
        redacted_text,
        lambda message: redacted_values({"notes": [message]})["notes"][0],
        lambda message: restored(json.loads(json.dumps(with_words({"a": [message]}))))["a"][0],
        lambda message: changed(message, str.strip),
        lambda message: join(("", message)),
        lambda message: all_of([message]),
    ],
)
def test_what_carries_a_message_keeps_its_parts(carry) -> None:
    assert same(carry(OUTER), OUTER)


def test_joined_texts_keep_theirs() -> None:
    assert same(join((OUTER, "", "x")), Message("{} {}", OUTER, "x"))
    assert same(join(("a", INNER, "c"), "; "), Message("{}; {}; {}", "a", INNER, "c"))
    assert join(()) == join(("", "")) == all_of(()) == ""
    assert same(all_of(["a", INNER]), Message("{} and {}", "a", INNER))
    assert any_of(["a", "b", "c"]) == "a or b or c"
    error = GacError(OUTER, INNER)
    assert same(error.args[0], Message("{} {}", OUTER, INNER))


def test_a_change_is_made_to_the_parts_if_that_gives_the_whole() -> None:
    assert same(
        changed(OUTER, str.upper), Message("{} HOLDS ONLY {}.", "A.TIF", changed(INNER, str.upper))
    )
    # The end of the whole is not the end of each part.
    cut = changed(OUTER, lambda text: text[:7])
    assert type(cut) is str and cut == "a.tif h"


def test_secrets_of_arguments_are_redacted() -> None:
    message = redacted_text(Message("{} is gone.", "https://host/a.tif?sig=SECRET"))
    assert same(message, Message("{} is gone.", "https://host/a.tif?sig=***"))


def test_a_secret_that_shows_only_in_the_whole_costs_the_translation() -> None:
    message = redacted_text(Message("password={}", "SECRET"))
    assert type(message) is str and message == "password=***"
    assert "SECRET" not in json.dumps(
        with_words(redacted_values({"a": Message("password={}", "SECRET")}))
    )


def test_an_event_has_the_words_of_its_messages() -> None:
    stream = io.StringIO()
    Channel(stream).send("error", id="1", message=OUTER, remedy=Message("Give another path."))
    assert json.loads(stream.getvalue()) == {
        "event": "error",
        "id": "1",
        "message": "a.tif holds only band 2.",
        "remedy": "Give another path.",
        "words": {
            "Give another path.": [],
            "a.tif holds only band 2.": ["{} holds only {}.", "a.tif", "band 2"],
            "band 2": ["band {}", "2"],
        },
    }


def test_an_event_without_messages_has_no_words() -> None:
    stream = io.StringIO()
    Channel(stream).send("result", id="1", result={"path": "a.tif"})
    assert json.loads(stream.getvalue()) == {
        "event": "result",
        "id": "1",
        "result": {"path": "a.tif"},
    }


def test_a_record_has_them_too(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    write_json(path, with_words({"notes": [OUTER], "words of others": 1}))
    values = restored(json.loads(path.read_text(encoding="utf-8")))
    assert same(values["notes"][0], OUTER) and values.keys() == {"notes", "words of others"}


def test_old_records_stay_as_they_are() -> None:
    assert restored({"notes": ["a"]}) == {"notes": ["a"]}
    assert restored([1]) == [1] and restored(None) is None


@pytest.mark.parametrize(
    "entry",
    [None, 1, "text", [1], ["{} {}", "a"], ["other {}", "a"], ["{}", ["a"]], ["a {}", None], {}],
)
def test_damaged_words_leave_the_text(entry) -> None:
    text = restored({"a": "a b", "words": {"a b": entry}})["a"]
    assert type(text) is str and text == "a b"


def test_circular_words_end() -> None:
    values = restored({"a": "x", "words": {"x": ["{}", "x"]}})
    assert values["a"] == "x"
    chain = {"x" * n: ["x{}", "x" * (n - 1)] for n in range(1, 2000)}
    assert restored({"a": "x" * 1999, "words": chain})["a"] == "x" * 1999
    deep: object = "a"
    for _ in range(400):
        deep = [deep]
    assert restored({"a": deep, "words": {"a": []}})["a"] == deep


def test_words_of_many_messages_are_listed_once() -> None:
    assert words_of([INNER, {"a": (INNER, [OUTER])}]) == words_of([OUTER])


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(ENGINE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield f"{path.relative_to(ENGINE)}:{node.lineno}", node


def test_templates_of_the_engine_have_as_many_arguments_as_placeholders() -> None:
    wrong, count = [], 0
    for place, call in _calls():
        if getattr(call.func, "id", "") != "Message" or not call.args:
            continue
        if any(isinstance(argument, ast.Starred) for argument in call.args):
            continue
        for template in words.literals(call.args[0]):
            count += 1
            rest = template.replace("{}", "")
            if template.count("{}") != len(call.args) - 1 or "{" in rest or "}" in rest:
                wrong.append((place, template))
    assert wrong == [] and count > 600


def _errors(kind: type = GacError) -> Iterator[str]:
    yield kind.__name__
    for each in kind.__subclasses__():
        yield from _errors(each)


def test_errors_of_the_engine_are_given_messages() -> None:
    import gac_core.store.hub  # noqa: F401  (has an error of its own)

    names = set(_errors())
    plain = [
        (place, ast.unparse(argument)[:60])
        for place, call in _calls()
        if ast.unparse(call.func).split(".")[-1] in names
        for argument in call.args
        if isinstance(argument, (ast.JoinedStr, ast.BinOp))
        or (isinstance(argument, ast.Constant) and argument.value)
    ]
    assert OutputError.__name__ in names and plain == []


@pytest.mark.parametrize("language", ["de", "es"])
def test_every_template_of_the_engine_is_translated(language: str) -> None:
    entries = words.read(words.FOLDER / f"gac_{language}.ts")
    missing, broken = [], []
    for place, call in _calls():
        if getattr(call.func, "id", "") != "Message" or not call.args:
            continue
        for template in words.literals(call.args[0]):
            forms = entries[template].forms if template in entries else None
            if forms is None and any(map(str.isalpha, template)):
                missing.append((place, template))
            elif forms and forms[0].count("{}") != template.count("{}"):
                broken.append((place, forms[0]))
    assert missing == [] and broken == []
