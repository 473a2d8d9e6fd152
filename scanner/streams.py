"""Standard output and error of the command, made safe to write to."""

import os
import sys


def prepare() -> None:
    """Open what the caller closed, and show by escapes what an encoding cannot."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        reconfigure = getattr(getattr(sys, name), "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")  # a name that cannot be shown ends no scan
