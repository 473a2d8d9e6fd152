"""The declared register and its completeness, as plain text and Markdown."""

import textwrap
from collections.abc import Iterable, Sequence

from scanner.model import Finding
from scanner.model.register import Completeness, Register, RegisterEntry

_BANNER = "SYNTHETIC DATA: invented for demonstration"
_LABEL = 24


def text(registers: Sequence[Register], width: int = 100) -> str:
    """Return registers for a terminal of ``width`` signs."""
    lines: list[str] = []
    for register in registers:
        lines += [_BANNER] if register.synthetic else []
        lines += [f"Register of {register.name} on {register.as_of}", *_about(register)]
        for section in register.sections:
            lines += ["", section.title.upper()]
            for entry in section.entries:
                lines += ["", _titled(entry)]
                for label, said in entry.lines:
                    lines += _labelled(label, said, width)
        lines += ["", f"OPEN POINTS ({len(register.open_points)})"]
        for point in register.open_points:
            lines += textwrap.wrap(point, width, initial_indent="- ", subsequent_indent="  ")
        lines.append("")
    return _clean("\n".join(lines))


def markdown(registers: Sequence[Register]) -> str:
    """Return registers as Markdown."""
    lines: list[str] = []
    for register in registers:
        lines += [f"# Register of {_plain(register.name)} on {register.as_of}", ""]
        lines += [f"**{_BANNER}**", ""] if register.synthetic else []
        lines += [*map(_plain, _about(register))]
        for section in register.sections:
            lines += ["", f"## {section.title}"]
            for entry in section.entries:
                lines += ["", f"### {_plain(_titled(entry))}", ""]
                lines += [f"- **{label}:** {_plain(said)}" for label, said in entry.lines]
        lines += ["", f"## Open points ({len(register.open_points)})", ""]
        lines += [f"- {_plain(point)}" for point in register.open_points]
        lines.append("")
    return _clean("\n".join(lines))


def completeness(items: Sequence[Completeness], width: int = 100) -> str:
    """Return what Art. 30 asks, by role, and how much of it is filled in; empty without items."""
    if not items:
        return ""
    asked = sum(len(item.points) for item in items)
    filled = sum(item.filled for item in items)
    lines = [f"Completeness by role: {filled} of {asked} points of Art. 30 are filled in."]
    for item in items:
        note = f", {item.note}" if item.note else ""
        head = f"  {item.filled} of {len(item.points)}  {item.title} ({item.role}{note})"
        missing = [f"{item.article}{point} {what}" for point, what, there in item.points
                   if not there]  # fmt: skip
        said = f"{head}: missing {', '.join(missing)}" if missing else head
        lines += textwrap.wrap(said, width, initial_indent="", subsequent_indent=" " * 10)
    return _clean("\n".join(lines) + "\n")


def others(findings: Iterable[Finding], width: int = 100) -> str:
    """Return what a record alone says beyond its own quality (transfers), a paragraph each."""
    own = [f for f in findings if f.section == "findings"]
    if not own:
        return ""
    lines = [f"Transfers and what else the record alone tells ({len(own)})"]
    for item in own:
        head = f"{item.severity.upper()} {item.rule} {item.name} ({item.confidence}): {item.title}"
        lines += ["", *textwrap.wrap(head, width)]
        lines += textwrap.wrap(item.advice, width, initial_indent="  ", subsequent_indent="  ")
    return _clean("\n".join(lines) + "\n")


def _about(register: Register) -> tuple[str, ...]:
    return (f"In force {register.in_force}; files: {', '.join(register.files)}",)


def _titled(entry: RegisterEntry) -> str:
    return f"{entry.title} ({entry.note})" if entry.note else entry.title


def _labelled(label: str, said: str, width: int) -> list[str]:
    start = f"  {label + ':':<{_LABEL}}"
    return textwrap.wrap(said, width, initial_indent=start, subsequent_indent=" " * len(start))


def _plain(said: str) -> str:
    """Keep signs of the record from being read as Markdown or HTML."""
    out = "".join(f"\\{sign}" if sign in "\\`*_[]#|" else sign for sign in said)
    return out.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clean(said: str) -> str:
    """Drop signs that would steer a terminal."""
    return "".join(sign for sign in said if sign == "\n" or sign.isprintable())
