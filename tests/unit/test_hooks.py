"""The hooks before a commit run what ``make lint`` runs, without the network."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOOKS = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")


def test_the_hooks_are_the_linters_of_the_makefile() -> None:
    """In their order; a linter that is added to one is added to the other."""
    recipe = (ROOT / "Makefile").read_text("utf-8").partition("\nlint:")[2].partition("\n\n")[0]
    linters = re.findall(r"\$\(BIN\)/(.+)", recipe)
    hooks = re.findall(r"entry: \.venv/bin/(.+)", HOOKS)
    assert [linter.removesuffix(" .").replace(" --check", "") for linter in linters] == hooks


def test_no_hook_is_fetched() -> None:
    """Each is a command of the environment that ``make lint`` made."""
    assert set(re.findall(r"repo: (\S+)", HOOKS)) == {"local"}
    assert set(re.findall(r"language: (\S+)", HOOKS)) == {"system"}
