"""What a colleague who analyses data would write: the same files, the same counts, a page that says the same.

It is as fast as such a script can easily be: PyYAML with the loader in C, the csv module, one Jinja2
template, Mistune for the Markdown of comments. It leaves out the rest of what makes `plneni` slower: no
findings, no places, no decisions, no frozen definitions, no typography, no links between measures. With
--plain, comments come out as they are written, dashes and all.

    python3 benches/peer/report.py DATA YEAR OUT.html [--plain]
"""

import csv
import functools
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import jinja2
import mistune
import yaml
from markupsafe import Markup

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
<td>{{ measure.stav }}</td><td>{% for one in measure.podklady %}<h4>{{ one.predkladatel }} – {{ bodies[one.predkladatel] }}</h4>
<p>Uvádí stav: {{ one.stav }}</p>
{{ marked(one.komentar or "") }}{% endfor %}</td></tr>
{% endfor %}</table>
{% endfor %}
<h2>Přehled podle gestorů</h2>
<table>
<tr><th>Gestor</th>{% for status in statuses %}<th>{{ status }}</th>{% endfor %}<th>Opatření</th></tr>
{% for code, measures in by_body.items() %}<tr><td>{{ code }} – {{ bodies[code] }}</td>
{%- for status in statuses %}<td>{{ measures | selectattr("stav", "eq", status) | list | length }}</td>{% endfor %}
<td>{% for measure in measures %}<a href="#{{ measure.id }}">{{ measure.id }}</a> {% endfor %}</td></tr>
{% endfor %}</table>
</body>
</html>
"""


def read(path):
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)


def submissions(folder, codes):
    """What was submitted on each measure, and by whom."""
    by_measure = {}

    def add(path, row):
        code = codes[slug(row.get("predkladatel") or path.stem)]
        one = {"predkladatel": code, "stav": row.get("stav"), "komentar": row.get("komentar")}
        by_measure.setdefault(row["opatreni"], []).append(one)

    for path in sorted(folder.glob("*.yaml")):
        content = read(path)
        for one in content["podklady"]:
            add(path, {"predkladatel": content.get("predkladatel")} | one)
    for path in sorted(folder.glob("*.csv")):
        with open(path, encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                add(path, row)
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


@functools.cache
def slug(text):
    """The name of a body as its file has it."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return re.sub("[^a-z0-9]+", "-", bare).strip("-")


def as_list(value):
    return value if isinstance(value, list) else [value] if value else []


def main(data, year, out, *options):
    data = Path(data)
    strategy = read(data / "strategie.yaml")
    register = read(data / "subjekty.yaml")["subjekty"]
    bodies = {body["kod"]: body.get("nazev") or body["kod"] for body in register} | {"???": "dosud neurčeno"}
    codes = {slug(body["kod"]): body["kod"] for body in register}
    period = read(data / "obdobi" / year / "obdobi.yaml")
    areas = [read(path) for path in sorted((data / "opatreni").glob("*.yaml"))]
    reported = submissions(data / "obdobi" / year / "podklady", codes)
    by_body = {}
    for area in areas:
        for measure in area["opatreni"]:
            measure["id"] = f"{area['okruh']}/{measure['cislo']}"
            measure["podklady"] = reported.get(measure["id"], [])
            measure["stav"] = status_of([one["stav"] for one in measure["podklady"] if one["stav"]])
            measure["gestori"] = as_list(measure.get("odpovednost"))
            measure["spolupracuji"] = as_list(measure.get("spoluprace"))
            for code in measure["gestori"]:
                by_body.setdefault(code, []).append(measure)
        area["counts"] = Counter(measure["stav"] for measure in area["opatreni"])
    counts = sum((area["counts"] for area in areas), Counter())
    template = jinja2.Environment(autoescape=True).from_string(TEMPLATE)
    page = template.render(
        strategy=strategy,
        period=period,
        year=year,
        areas=areas,
        counts=counts,
        total=counts.total(),
        statuses=STATUSES,
        bodies=bodies,
        by_body=dict(sorted(by_body.items())),
        marked=plain if "--plain" in options else lambda text: Markup(mistune.html(text)),
    )
    Path(out).write_text(page, encoding="utf-8")


def plain(text):
    return Markup("<p>{}</p>").format(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
