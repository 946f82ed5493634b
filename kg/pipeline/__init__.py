"""From sources to a store: the stages joined.

What reads a graph needs the report alone: the stages are imported when something is built.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.pipeline.progress import Progress
from kg.pipeline.report import REPORT, BuildReport
from kg.pipeline.updating.report import UpdateReport

if TYPE_CHECKING:
    from kg.pipeline.building import build
    from kg.pipeline.updating.update import update

__all__ = ["REPORT", "BuildReport", "Progress", "UpdateReport", "build", "update"]


def __getattr__(name: str) -> Any:
    if name == "build":
        from kg.pipeline.building import build

        return build
    if name == "update":
        from kg.pipeline.updating.update import update

        return update
    raise AttributeError(name)
