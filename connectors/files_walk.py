"""Walks a folder: regular files in order, without following links out of it."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field

from connectors.files_names import base_name, is_log_name
from connectors.log_files import Place, modified
from scanner.errors import StoreError
from scanner.model import Gap, GapReason, Omission, Source, asset_path, encode, glob_match

_LINK = "a link; what it points to is read only where it really lies, inside the folder"
_SPECIAL = "neither a file nor a folder"


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder: the names from the source's root to it, and its regular files by name."""

    parts: tuple[str, ...]
    files: tuple[Place, ...]


@dataclass(slots=True)
class Walk:
    """One walk over a source's folder. ``gaps`` and ``omissions`` fill while it goes on."""

    source: Source
    root: str
    gaps: list[Gap] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)

    def folders(self) -> Iterator[Folder]:
        """Yield every readable folder, in order; raise StoreError when the root is not readable."""
        waiting: list[tuple[str, ...]] = [()]
        while waiting:
            parts = waiting.pop()
            try:
                files, below = self.one(parts)
            except OSError as error:
                if not parts:
                    raise _cannot_list(self.source, error) from None
                self._gap(parts, error)
                continue
            waiting += reversed(below)
            yield Folder(parts, files)

    def one(self, parts: tuple[str, ...]) -> tuple[tuple[Place, ...], list[tuple[str, ...]]]:
        """Return the files of one folder and the folders in it. Raise OSError."""
        with os.scandir(os.path.join(self.root, *parts)) as scan:
            return self._sorted(parts, sorted(scan, key=lambda entry: entry.name))

    def _sorted(
        self, parts: tuple[str, ...], found: list["os.DirEntry[str]"]
    ) -> tuple[tuple[Place, ...], list[tuple[str, ...]]]:
        files, below = [], []
        for entry in found:
            here = (*parts, entry.name)
            try:
                link, folder = entry.is_symlink(), entry.is_dir(follow_symlinks=False)
                state = entry.stat(follow_symlinks=False)
            except OSError as error:
                self._gap(here, error)
                continue
            by = self._excluded(here, folder=folder)
            if by:
                self._omit(here, by)
            elif link:
                self._omit(here, _LINK, "special")
            elif folder:
                below.append(here)
            elif stat.S_ISREG(state.st_mode):
                files.append(Place(entry.path, entry.name, state.st_size, modified(state.st_mtime)))
            else:
                self._omit(here, _SPECIAL, "special")
        return tuple(files), below

    def _excluded(self, parts: tuple[str, ...], *, folder: bool) -> str:
        """Return the line of the configuration that leaves a place out, or nothing."""
        place = "/".join(encode(part) for part in parts)
        if folder:
            # Only what leaves out everything below a folder leaves out the folder.
            below = [
                g for g in self.source.exclude if g.endswith("**") and glob_match(g, f"{place}/_")
            ]
            return f"exclude = {below[0]!r}" if below else ""
        base = "/".join(encode(part) for part in (*parts[:-1], base_name(parts[-1])))
        for glob in self.source.exclude:
            if glob_match(glob, place) or glob_match(glob, base):
                return f"exclude = {glob!r}"
        include = self.source.include
        if include and not any(glob_match(g, place) or glob_match(g, base) for g in include):
            return "include"
        return ""

    def _omit(self, parts: tuple[str, ...], by: str, why: str = "excluded") -> None:
        omission = Omission(self.source.name, named_path(self.source, parts), why, by)
        if omission not in self.omissions[-1:]:  # the files of a rotated set follow each other
            self.omissions.append(omission)

    def _gap(self, parts: tuple[str, ...], error: OSError) -> None:
        denied = isinstance(error, PermissionError)
        reason = GapReason.PERMISSION if denied else GapReason.UNREADABLE
        detail = (
            f"{parts[-1]!r} may not be read by this account; give it the right to read"
            if denied
            else f"{parts[-1]!r} cannot be read"
        )
        self.gaps.append(Gap(self.source.name, reason, detail, named_path(self.source, parts)))


def named_path(source: Source, parts: tuple[str, ...]) -> str:
    """Return the path of a place that is judged by its name alone."""
    if parts and is_log_name(parts[-1]):
        return asset_path("log", source.name, *parts[:-1], base_name(parts[-1]))
    return asset_path("file", source.name, *parts)


def _cannot_list(source: Source, error: OSError) -> StoreError:
    if isinstance(error, PermissionError):
        return StoreError(
            f"the folder of source {source.name!r} may not be read by this account; give it the "
            "right to read",
            "permission",
        )
    return StoreError(
        f"the folder of source {source.name!r} cannot be listed; check its path", "unreachable"
    )


def real_parts(root: str, segments: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the names of the folders that segments of an asset's path stand for, or None.

    Names are compared as encoded: a name that is no valid text cannot be decoded from a path.
    """
    parts: tuple[str, ...] = ()
    for segment in segments:
        try:
            with os.scandir(os.path.join(root, *parts)) as scan:
                names = [e.name for e in scan if encode(e.name) == segment and not e.is_symlink()]
        except OSError:
            return None
        if not names:
            return None
        parts = (*parts, names[0])
    return parts
