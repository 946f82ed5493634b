"""From sources to a store: the stages joined."""

from kg.pipeline.building import build
from kg.pipeline.progress import Progress
from kg.pipeline.report import REPORT, BuildReport

__all__ = ["REPORT", "BuildReport", "Progress", "build"]
