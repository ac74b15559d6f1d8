"""Laws that hold for the whole source and that neither ruff nor mypy nor import-linter can see."""

from __future__ import annotations

import ast
import re
import socket
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import appdirs
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("parindex_desktop", "ui", "resources", "db", "exports")
PROGRAM = (*PACKAGES, "tools")
DOMAIN = ("parindex_desktop/domain",)
TESTS = ("tests",)
ALL = (*PROGRAM, *TESTS, "benchmarks")

# Absent on Windows, so they may be imported only inside the function that knows where it runs.
POSIX_MODULES = {"fcntl", "grp", "pwd", "resource", "syslog", "termios", "tty"}
# Files, clocks, chance and other processes: a rule of the domain depends on its arguments alone.
IMPURE_MODULES = set(
    "io os pathlib random secrets shutil socket sqlite3 subprocess tempfile time".split()  # noqa: SIM905
)


@cache
def nodes(folder: str) -> list[tuple[str, ast.AST]]:
    """Every node of every module below `folder`, with its place."""
    return [
        (f"{path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 1)}", node)
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    ]


def places(folders: tuple[str, ...], offends: Callable[[ast.AST], bool]) -> list[str]:
    return [place for folder in folders for place, node in nodes(folder) if offends(node)]


def calls(folders: tuple[str, ...], *names: str) -> Iterator[tuple[str, ast.Call]]:
    for folder in folders:
        for place, node in nodes(folder):
            if isinstance(node, ast.Call) and called(node) in names:
                yield place, node


def called(node: ast.Call) -> str:
    """The last name of what is called: `say` for both `say(...)` and `resources.say(...)`."""
    match node.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def dotted(node: ast.AST) -> str:
    match node:
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return f"{owner}.{name}"
        case ast.Attribute(value=ast.Attribute() as owner, attr=name):
            return f"{dotted(owner)}.{name}"
    return ""


def imported(node: ast.AST) -> set[str]:
    match node:
        case ast.Import(names=names):
            return {each.name.partition(".")[0] for each in names}
        case ast.ImportFrom(module=str(module), level=0):
            return {module.partition(".")[0]}
    return set()


def keywords(node: ast.Call) -> set[str | None]:
    return {each.arg for each in node.keywords}


def test_no_float_touches_the_domain() -> None:
    """Points are decimals, and a quotient is `numbers.quotient`, which has one context for all."""

    def offends(node: ast.AST) -> bool:
        match node:
            case ast.Constant(value=float()) | ast.Name(id="float", ctx=ast.Load()):
                return True
            case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
                return True
        return False

    assert places(DOMAIN, offends) == []


def test_the_domain_is_pure() -> None:
    assert places(DOMAIN, lambda node: bool(imported(node) & IMPURE_MODULES)) == []
    clocks = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "uuid.uuid1", "uuid.uuid4"}
    assert places(DOMAIN, lambda node: dotted(node) in clocks) == []


def test_sentences_are_written_out_where_they_are_marked() -> None:
    """The catalogue finds a literal; what is glued together or marked nowhere cannot be translated."""
    wrong = [place for place, call in calls(PACKAGES, "msgid") if not all(map(is_text, call.args))]
    for place, template in templates():
        if isinstance(template, ast.Name):
            assigned = assignments(place.partition(":")[0], template.id)
            wrong += [place for value in assigned if is_text(value) or is_glued(value)]
        elif is_glued(template):
            wrong.append(place)
    assert wrong == []


def templates() -> Iterator[tuple[str, ast.expr]]:
    for place, call in calls(PACKAGES, "say", "tr", "Message"):
        position = 1 if called(call) == "Message" else 0
        if len(call.args) > position:
            yield place, call.args[position]


def assignments(module: str, name: str) -> Iterator[ast.expr]:
    for place, node in nodes(module.partition("/")[0]):
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                yield from [value] if place.startswith(f"{module}:") else []


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_glued(node: ast.AST) -> bool:
    match node:
        case ast.JoinedStr() | ast.BinOp() | ast.Call(func=ast.Attribute(attr="format" | "join")):
            return True
        case ast.IfExp(body=body, orelse=other):
            return any(is_text(each) or is_glued(each) for each in (body, other))
    return False


def sentences() -> Iterator[tuple[str, str, str | None]]:
    """Each code of an error or a message as (place, code, its template where it is a literal)."""
    for folder in PACKAGES:
        for place, node in nodes(folder):
            match node:
                case ast.ClassDef(body=body):
                    assigned = {
                        target.id: each.value
                        for each in body
                        if isinstance(each, ast.Assign)
                        for target in each.targets
                        if isinstance(target, ast.Name)
                    }
                    match assigned.get("code"), assigned.get("template"):
                        case ast.Constant(value=str(code)), ast.Call(
                            args=[ast.Constant(value=str(template))]
                        ):
                            yield place, code, template
                        case ast.Constant(value=str(code)), _:
                            yield place, code, None
                case ast.Call(args=[ast.Constant(value=str(code)), template, *_]) if (
                    called(node) == "Message"
                ):
                    yield place, code, template.value if isinstance(template, ast.Constant) else None


def test_a_code_names_one_sentence_for_good() -> None:
    """Scripts and the user guide go by the codes."""
    said: dict[str, str] = {}
    wrong = []
    for place, code, template in sentences():
        if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", code):
            wrong.append(f"{place} {code}")
        elif template and said.setdefault(code, template) != template:
            wrong.append(f"{place} {code} says something else elsewhere")
    assert wrong == []


def test_text_files_are_utf_8_on_every_system() -> None:
    """Without an encoding, Windows reads and writes the code page of the machine, which has no Vietnamese."""

    def offends(node: ast.AST) -> bool:
        if not isinstance(node, ast.Call) or "encoding" in keywords(node):
            return False
        modes = [each.value for each in node.args if isinstance(each, ast.Constant)]
        match called(node):
            case "read_text":
                return not node.args
            case "write_text":
                return len(node.args) < 2
            case "open" if isinstance(node.func, ast.Name):
                return not any("b" in str(mode) for mode in modes[-1:])
            case "open":
                return any(mode in {"r", "w", "a", "x", "rt", "wt"} for mode in modes)
            case "run" | "Popen" | "check_output":
                return bool(keywords(node) & {"text", "universal_newlines"})
        return False

    assert places(ALL, offends) == []


def test_what_windows_lacks_is_imported_only_where_it_is_used() -> None:
    top = [
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        for node in ast.parse(path.read_text("utf-8")).body
        if imported(node) & POSIX_MODULES
    ]
    assert top == []


def test_tests_neither_sleep_nor_skip_nor_mock() -> None:
    skips = {f"pytest.{name}" for name in ("skip", "xfail", "importorskip", "mark.skip", "mark.xfail")}
    banned = {"time.sleep", "qtbot.wait", "unittest.mock", *skips}
    assert places(TESTS, lambda node: dotted(node) in banned) == []
    assert places(TESTS, lambda node: bool(imported(node) & {"unittest", "mock"})) == []


def test_tests_are_left_out_only_where_the_system_has_no_such_thing() -> None:
    """A condition on anything else (a command, a package) would hide what `./run test` has to install."""
    asked = {ast.unparse(call.args[0]).split()[0] for _, call in calls(TESTS, "skipif") if call.args}
    assert asked <= {"os.name", "sys.platform"}


def test_tests_reach_neither_the_network_nor_the_real_user() -> None:
    with socket.socket() as outside, pytest.raises(PermissionError, match="no network"):
        outside.connect(("192.0.2.1", 443))
    assert [path for path in Path.home().rglob("*") if path.is_file()] == []
    assert Path(appdirs.user_data_dir("x")).is_relative_to(Path.home())


def test_nothing_is_left_for_later() -> None:
    note = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X]|HAC[K])\b")
    wrong = [
        f"{path.relative_to(ROOT).as_posix()}:{number}"
        for folder in ALL
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if note.search(line)
    ]
    assert wrong == []


def dependencies() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return [re.split(r"[<>=!~ \[;]", each)[0] for each in wanted]


@pytest.mark.parametrize("name", dependencies())
def test_every_dependency_is_locked_by_its_hashes_and_explained(name: str) -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert re.search(rf"^{re.escape(name)}==\S+.*\\\n    --hash=sha256:", lock, re.MULTILINE | re.IGNORECASE)
    assert f"| {name} |" in (ROOT / "docs" / "dependencies.md").read_text("utf-8")


def test_run_lists_each_of_its_commands() -> None:
    script = (ROOT / "run").read_text("utf-8")
    listed = set(re.findall(r"^##  \./run (\S+)", script, re.MULTILINE)) - {"open"}
    cases = script.partition('case "$command" in')[2]
    offered = {
        name for line in re.findall(r"^    ([a-z| -]+)\)", cases, re.MULTILINE) for name in line.split(" | ")
    }
    assert listed == offered - {"-h", "--help"}
