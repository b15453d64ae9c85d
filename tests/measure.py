"""`make measure`: what the house is made of, in the figures of docs/architecture.md. Migrations are counted apart."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parent.parent
FLOORS = ("bot", "handlers", "jobs", "models")


@dataclass(slots=True)
class Measure:
    modules: int = 0
    lines: int = 0
    comments: int = 0
    public: int = 0
    documented: int = 0
    lengths: list[int] = field(default_factory=list)

    def add(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        self.modules += 1
        self.lines += text.count("\n")
        with path.open("rb") as file:
            tokens = [
                token.string for token in tokenize.tokenize(file.readline) if token.type == tokenize.COMMENT
            ]
        self.comments += sum(not one.startswith(("# noqa", "# type:", "# ---")) for one in tokens)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                self.lengths.append((node.end_lineno or node.lineno) - node.lineno + 1)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                self.public += 1
                self.documented += ast.get_docstring(node) is not None

    @property
    def row(self) -> str:
        p90 = quantiles(self.lengths, n=10)[-1]
        return (
            f"{self.modules} | {self.lines:,} | {median(self.lengths):.0f} / {p90:.0f} (longest {max(self.lengths)}) | "
            f"{100 * self.documented / self.public:.0f} % | {100 * self.comments / self.lines:.1f}"
        )


def files(*floors: str) -> Iterator[Path]:
    for floor in floors:
        yield from (path for path in sorted((ROOT / floor).rglob("*.py")) if "versions" not in path.parts)


def measure(*floors: str) -> Measure:
    found = Measure()
    for path in files(*floors):
        found.add(path)
    return found


def imports(*, types: bool) -> dict[str, set[str]]:
    """Return which modules each module imports, deferred imports included; `types`: what only the type checker reads, too."""
    paths = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in files(*FLOORS)
    }
    return {name: set(_imports(path, paths, types)) - {name} for name, path in paths.items()}


def _imports(path: Path, known: Mapping[str, Path], types: bool) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in hidden and not types:
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield from (one for one in (full if full in known else node.module,) if one in known)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Return the groups of modules that import one another, by Tarjan's algorithm."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in graph[name]:
            if other not in index:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            group = [stack.pop()]
            while group[-1] != name:
                group.append(stack.pop())
            if len(group) > 1:
                found.append(sorted(group))

    for name in graph:
        if name not in index:
            visit(name)
    return found


def main() -> None:
    print("| part | modules | lines | median / p90 of functions | with docstring | comments per 100 lines |")
    print("| --- | --- | --- | --- | --- | --- |")
    print(f"| **Xa Nhà** | {measure(*FLOORS).row} |")
    for floor in FLOORS:
        print(f"| {floor} | {measure(floor).row} |")
    print(f"| tests | {measure('tests').row} |")
    for types in (False, True):
        groups = circles(imports(types=types))
        print(f"circles{' with types' if types else ''}: {len(groups)}", *groups, sep="\n  ")


if __name__ == "__main__":
    main()
