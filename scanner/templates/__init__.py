"""Templates of log messages: what messages of one event have in common, without a person's name."""

from scanner.templates.building import NO_TEMPLATE, Template, Templates, build

__all__ = ["NO_TEMPLATE", "Template", "Templates", "build"]
