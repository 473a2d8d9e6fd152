"""Who receives data, told by hosts and cookies: a list of known third parties and its matching."""

from scanner.recipients.finding import Destinations
from scanner.recipients.vendors import Vendor, covered, vendor, vendors

__all__ = ["Destinations", "Vendor", "covered", "vendor", "vendors"]
