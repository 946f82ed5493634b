"""A page of related trials with their neighbourhood drawn: one file, nothing fetched."""

from __future__ import annotations

import math
from html import escape

from kg.related.answer import Answer, Reason, Related

_COLOURS = {
    "text": "#8a8f98",
    "drug": "#c2410c",
    "target": "#7c3aed",
    "marker": "#a78bfa",
    "payload": "#a16207",
    "condition": "#0e7490",
    "sponsor": "#4d7c0f",
    "official": "#be185d",
    "site": "#1d4ed8",
}
_STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:66rem;padding:0 1rem}
body{color:#1f2430}
h1{font-size:1.3rem}h2{font-size:1rem;margin:.2rem 0}
article{border-top:1px solid #d8dbe2;padding:.8rem 0}
.score{font-variant-numeric:tabular-nums;color:#555}.bar{display:flex;height:.7rem;margin:.3rem 0}
.facts,.why,.differs{color:#555;margin:.15rem 0;font-size:.9rem}
.relation{background:#eef1f6;border-radius:.6rem;padding:.05rem .5rem;margin-right:.3rem}
svg{width:100%;height:auto}svg text{font:11px system-ui,sans-serif}
"""
_SIZE = 760
_RADIUS = 270


def page(answer: Answer) -> str:
    """The answer as one HTML page; every text of a record is escaped."""
    asked = escape(answer.asked)
    title = f": {escape(answer.trial.title)}" if answer.trial else ""
    articles = "\n".join(_article(n, one) for n, one in enumerate(answer.related, 1))
    kinds = " ".join(
        f'<span style="color:{_COLOURS[kind]}">■ {kind} ({share:.0%})</span>'
        for kind, share in answer.weights.items()
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>Trials like {asked}</title><style>{_STYLE}</style></head><body>\n"
        f"<h1>Trials like {asked}{title}</h1>\n<p>{kinds}</p>\n{_drawing(answer)}\n"
        f"{articles}\n</body></html>\n"
    )


def _drawing(answer: Answer) -> str:
    """The asked trial in the middle; the nearer and thicker its line, the more like it a trial."""
    middle = _SIZE / 2
    most = max((one.score for one in answer.related), default=1.0)
    lines, dots = [], []
    for number, one in enumerate(answer.related):
        angle = 2 * math.pi * number / len(answer.related) - math.pi / 2
        near = one.score / most
        reach = _RADIUS * (1.15 - 0.55 * near)
        x, y = middle + reach * math.cos(angle), middle + reach * math.sin(angle)
        colour = _COLOURS[one.reasons[0].kind] if one.reasons else "#999"
        lines.append(
            f'<line x1="{middle:.0f}" y1="{middle:.0f}" x2="{x:.1f}" y2="{y:.1f}" '
            f'stroke="{colour}" stroke-width="{1 + 6 * near:.1f}" stroke-opacity=".55"/>'
        )
        anchor = "start" if math.cos(angle) >= 0 else "end"
        side = 12 if anchor == "start" else -12
        why = escape(", ".join(_short(reason.label) for reason in one.reasons[:2]))
        dots.append(
            f'<a href="#{one.nct_id}"><circle cx="{x:.1f}" cy="{y:.1f}" r="8" fill="{colour}">'
            f"<title>{escape(one.title)}</title></circle>"
            f'<text x="{x + side:.1f}" y="{y:.1f}" text-anchor="{anchor}">{one.nct_id}</text>'
            f'<text x="{x + side:.1f}" y="{y + 13:.1f}" text-anchor="{anchor}" fill="#666">'
            f"{why}</text></a>"
        )
    centre = (
        f'<circle cx="{middle:.0f}" cy="{middle:.0f}" r="12" fill="#1f2430"/>'
        f'<text x="{middle:.0f}" y="{middle + 27:.0f}" text-anchor="middle">'
        f"{escape(_short(answer.asked))}</text>"
    )
    return (
        f'<svg viewBox="-120 0 {_SIZE + 240} {_SIZE}" role="img" '
        f'aria-label="Neighbourhood of {escape(answer.asked)}">'
        f"{''.join(lines)}{centre}{''.join(dots)}</svg>"
    )


def _article(number: int, one: Related) -> str:
    facts = " · ".join(filter(None, [*one.phases, one.status, one.start_date, one.sponsor]))
    tags = "".join(f'<span class="relation">{escape(name)}</span>' for name in one.relations)
    ids = f" both state {escape(', '.join(one.shared_ids))}" if one.shared_ids else ""
    parts = "".join(
        f'<span style="width:{100 * reason.weight:.3f}%;background:{_COLOURS[reason.kind]}" '
        f'title="{escape(_sentence(reason))}"></span>'
        for reason in one.reasons
    )
    why = "; ".join(_linked(reason) for reason in one.reasons)
    differs = "; ".join(
        f"{escape(d.what)} {escape(d.trial or 'not stated')} → {escape(d.other or 'not stated')}"
        for d in one.differences
    )
    return (
        f'<article id="{one.nct_id}"><h2>{number}. {escape(one.title)} '
        f'<a href="https://clinicaltrials.gov/study/{one.nct_id}">{one.nct_id}</a> '
        f'<span class="score">{one.score:.3f}</span></h2>'
        f'<p class="facts">{escape(facts)}</p><p>{tags}{ids}</p><div class="bar">{parts}</div>'
        f'<p class="why">Shares {why}</p>'
        + (f'<p class="differs">Differs in {differs}</p>' if differs else "")
        + "</article>"
    )


def _linked(reason: Reason) -> str:
    label = escape(_sentence(reason))
    if reason.iri is None:
        return label
    return f'<a href="{escape(reason.iri)}">{label}</a>'


def _sentence(reason: Reason) -> str:
    return f"{reason.kind} {reason.label} {reason.weight:.3f}"


def _short(text: str) -> str:
    return text if len(text) <= 34 else text[:33] + "…"
