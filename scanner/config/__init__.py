"""config.toml as one frozen value: its types, and how the file becomes them."""

from scanner.config.loading import find, load
from scanner.config.types import Config, Detection, RecordRef, Reports, Sampling

__all__ = ["Config", "Detection", "RecordRef", "Reports", "Sampling", "find", "load"]
