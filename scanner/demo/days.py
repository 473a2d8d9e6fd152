"""The days on which the demo plays."""

from datetime import date

AS_OF = date(2026, 1, 15)
"""The day on which the demo plays unless another is asked for: scan it as of this day."""

DAYS = (date(2015, 10, 7), date(2019, 6, 1), AS_OF)
"""Days with a ground truth of their own: after Safe Harbor, under the policy of 2018, today."""
