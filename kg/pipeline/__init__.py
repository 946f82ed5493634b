"""From sources to a store: the stages joined."""

from kg.pipeline.building import build
from kg.pipeline.progress import Progress
from kg.pipeline.report import REPORT, BuildReport
from kg.pipeline.update import update
from kg.pipeline.update_report import UpdateReport

__all__ = ["REPORT", "BuildReport", "Progress", "UpdateReport", "build", "update"]
