"""``python -m scanner.rules`` prints docs/rules.md: the rules' own docstrings as one page."""

from scanner.rules import RULES, page, summary


def document() -> str:
    """Return the page of all rules."""
    head = [
        "# The rules",
        "",
        "Made from the rules themselves by `python -m scanner.rules > docs/rules.md`. "
        "`ropascan rules ID` prints one of them.",
        "",
        "| id | name | says |",
        "|---|---|---|",
        *(f"| {rule.code} | {rule.name} | {summary(rule)} |" for rule in RULES),
        "",
    ]
    pages = (page(rule).replace("\n## ", "\n### ").replace("# ", "## ", 1) for rule in RULES)
    return "\n".join(head) + "\n" + "\n".join(pages)


if __name__ == "__main__":
    print(document(), end="")
