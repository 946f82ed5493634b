"""SHACL over a store or a graph, and the report for people and programs; never writes."""

from kg.validate.check import ENGINES, Engine, Judgement, judge, shapes_graph, validate
from kg.validate.render import report_json, report_text, report_turtle
from kg.validate.report import Report, Violation

__all__ = [
    "ENGINES",
    "Engine",
    "Judgement",
    "Report",
    "Violation",
    "judge",
    "report_json",
    "report_text",
    "report_turtle",
    "shapes_graph",
    "validate",
]
