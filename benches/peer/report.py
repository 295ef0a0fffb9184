"""What a colleague who analyses data would write: the same files, the same counts, a page with them.

It is as fast as such a script can easily be: PyYAML with the loader in C, the csv module, one Jinja2
template. It leaves out all that makes `plneni` slower: no findings, no places, no decisions, no frozen
definitions, no typography, no Markdown in comments.

    python3 benches/peer/report.py DATA YEAR OUT.html
"""

import csv
import sys
from collections import Counter
from pathlib import Path

import jinja2
import yaml

STATUSES = ["SPLNĚNO", "PLNĚNO", "ČÁSTEČNĚ", "NEPLNĚNO"]

TEMPLATE = """<!DOCTYPE html>
<html lang="cs">
<head><meta charset="utf-8"><title>{{ strategy.nazev }}: {{ year }}</title></head>
<body>
<h1>Informace o naplňování: {{ strategy.nazev }}</h1>
<p>Období {{ period.od }} až {{ period.do }}, opatření celkem {{ total }}.</p>
<table>
<tr>{% for status in statuses %}<th>{{ status }}</th>{% endfor %}</tr>
<tr>{% for status in statuses %}<td>{{ counts[status] }}</td>{% endfor %}</tr>
</table>
<table>
<tr><th>Okruh</th>{% for status in statuses %}<th>{{ status }}</th>{% endfor %}</tr>
{% for area in areas %}<tr><td>{{ area.okruh }}. {{ area.nazev }}</td>
{%- for status in statuses %}<td>{{ area.counts[status] }}</td>{% endfor %}</tr>
{% endfor %}</table>
{% for area in areas %}<h2>{{ area.okruh }}. {{ area.nazev }}</h2>
<p>{{ area.uvod }}</p>
<table>
<tr><th>Č.</th><th>Popis</th><th>Indikátor</th><th>Termín</th><th>Gestor</th><th>Spolupráce</th><th>Stav</th><th>Komentář</th></tr>
{% for measure in area.opatreni %}<tr id="{{ measure.id }}"><td>{{ measure.id }}</td><td>{{ measure.popis }}</td>
<td>{{ measure.indikator or "" }}</td><td>{{ measure.termin }}</td>
<td>{{ measure.gestori | join(", ") }}</td><td>{{ measure.spolupracuji | join(", ") }}</td>
<td>{{ measure.stav }}</td><td>{% for text in measure.komentare %}<p>{{ text }}</p>{% endfor %}</td></tr>
{% endfor %}</table>
{% endfor %}</body>
</html>
"""


def read(path):
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)


def submissions(folder):
    """The status and comment of each submission by measure."""
    by_measure = {}
    for path in sorted(folder.glob("*.yaml")):
        for one in read(path)["podklady"]:
            by_measure.setdefault(one["opatreni"], []).append((one.get("stav"), one.get("komentar")))
    for path in sorted(folder.glob("*.csv")):
        with open(path, encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                by_measure.setdefault(row["opatreni"], []).append((row["stav"], row["komentar"]))
    return by_measure


def status_of(claims):
    """The method's rule over several statuses."""
    counts = Counter(claims)
    n_good = counts["SPLNĚNO"] + counts["PLNĚNO"]
    n_other = counts["ČÁSTEČNĚ"] + counts["NEPLNĚNO"]
    if claims and counts["SPLNĚNO"] == len(claims):
        return "SPLNĚNO"
    if n_good > n_other:
        return "PLNĚNO"
    if n_good + counts["ČÁSTEČNĚ"] > 0 and n_good + counts["ČÁSTEČNĚ"] >= counts["NEPLNĚNO"]:
        return "ČÁSTEČNĚ"
    return "NEPLNĚNO"


def as_list(value):
    return value if isinstance(value, list) else [value] if value else []


def main(data, year, out):
    data = Path(data)
    strategy = read(data / "strategie.yaml")
    read(data / "subjekty.yaml")
    period = read(data / "obdobi" / year / "obdobi.yaml")
    areas = [read(path) for path in sorted((data / "opatreni").glob("*.yaml"))]
    reported = submissions(data / "obdobi" / year / "podklady")
    for area in areas:
        for measure in area["opatreni"]:
            measure["id"] = f"{area['okruh']}/{measure['cislo']}"
            said = reported.get(measure["id"], [])
            measure["stav"] = status_of([status for status, _ in said if status])
            measure["komentare"] = [comment for _, comment in said if comment]
            measure["gestori"] = as_list(measure.get("odpovednost"))
            measure["spolupracuji"] = as_list(measure.get("spoluprace"))
        area["counts"] = Counter(measure["stav"] for measure in area["opatreni"])
    counts = sum((area["counts"] for area in areas), Counter())
    template = jinja2.Environment(autoescape=True).from_string(TEMPLATE)
    page = template.render(
        strategy=strategy, period=period, year=year, areas=areas, counts=counts, total=counts.total(), statuses=STATUSES
    )
    Path(out).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
