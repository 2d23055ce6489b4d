"""A command that is told to end, or loses its terminal, ends as Ctrl+C ends it."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

from gac_core.cli import commands

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has no such signals")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_stops_a_command_in_order(name, monkeypatch, capsys):
    tidied, number = [], getattr(signal, name)

    def work(options):
        try:
            os.kill(os.getpid(), number)
            time.sleep(10)
        finally:
            tidied.append(name)

    monkeypatch.setattr(commands, "run_inspect", work)
    usual = signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL
    before = signal.signal(number, usual)  # `nohup` has SIGHUP ignored
    try:
        assert commands.main(["inspect", "a.tif"]) == 130
        assert signal.getsignal(number) == usual
    finally:
        signal.signal(number, before)
    assert tidied and capsys.readouterr().err.startswith("gac: ")


def test_who_ignores_a_closed_terminal_goes_on(monkeypatch):
    def work(options):
        os.kill(os.getpid(), signal.SIGHUP)
        return 0

    monkeypatch.setattr(commands, "run_inspect", work)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert commands.main(["inspect", "a.tif"]) == 0
    finally:
        signal.signal(signal.SIGHUP, before)
