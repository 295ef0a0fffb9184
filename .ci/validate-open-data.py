"""Validates a folder of open data by tools that the program had no hand in:

    validate-open-data.py FOLDER            all of it must be right
    validate-open-data.py --prove FOLDER    breaks copies of it, each of which must fail

CSV on the Web by csvw, the data package by frictionless, JSON-LD by rdflib. What the state's norms want
of a record and of a code list is in schemas/, written by hand from the norms; so are contexts/, because
a gate must not need the network.
"""

import csv
import json
import shutil
import sys
import tempfile
from pathlib import Path

import jsonschema
from csvw import CSVW
from frictionless import Package, system
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF, SKOS

HERE = Path(__file__).parent
PU = Namespace("https://data.gov.cz/slovník/podmínky-užití/")
STATUSES = {"SPLNĚNO", "PLNĚNO", "ČÁSTEČNĚ", "NEPLNĚNO"}


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def csvw_faults(folder):
    group = CSVW(str(folder / "csv-metadata.json"), validate=True)
    # A foreign key without a value refers to nothing, which the library calls lax.
    if group.is_valid and group.t.check_referential_integrity(strict=False):
        return []
    return ["not valid CSV on the Web", *(str(warning.message) for warning in group.warnings)]


def package_faults(folder):
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    return [f"{title}: {message}" for title, message in report.flatten(["title", "message"])]


def graph_of(path):
    document = read(path)
    schema = "datova-sada" if document["typ"] == "Datová sada" else "ciselnik"
    jsonschema.validate(
        document,
        read(HERE / "schemas" / f"{schema}.schema.json"),
        format_checker=jsonschema.FormatChecker(),
    )
    document |= read(HERE / "contexts" / f"{schema}.jsonld")
    base = "https://data.example.cz/zde/"
    return Graph().parse(data=json.dumps(document), format="json-ld", base=base)


def code_list_faults(folder):
    graph = graph_of(folder / "ciselnik-stavu.jsonld")
    schemes = list(graph.subjects(RDF.type, SKOS.ConceptScheme))
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    codes = {str(graph.value(concept, SKOS.notation)) for concept in concepts}
    faults = []
    if len(schemes) != 1 or len(concepts) != 4 or codes != STATUSES:
        faults.append(f"{len(schemes)} schemes, {len(concepts)} concepts, codes {sorted(codes)}")
    for concept in concepts:
        if list(graph.objects(concept, SKOS.inScheme)) != schemes:
            faults.append(f"{concept} is in no scheme")
        if not in_czech(graph, concept, SKOS.prefLabel):
            faults.append(f"{concept} has no Czech label")
    with (folder / "stavy.csv").open(encoding="utf-8", newline="") as table:
        if {row["stav"] for row in csv.DictReader(table)} != codes:
            faults.append("the code list and stavy.csv differ")
    return faults


def record_faults(folder, path):
    graph = graph_of(path)
    iri = URIRef(read(path)["iri"])
    wanted = {
        "dcat:Dataset": (iri, RDF.type, DCAT.Dataset) in graph,
        "dct:title@cs": in_czech(graph, iri, DCTERMS.title),
        "dct:description@cs": in_czech(graph, iri, DCTERMS.description),
        "its own address as name": str(iri).endswith(f"/{path.relative_to(folder).as_posix()}"),
    }
    distributions = list(graph.objects(iri, DCAT.distribution))
    wanted["one distribution"] = len(distributions) == 1
    for distribution in distributions:
        for name in (DCAT.accessURL, DCAT.downloadURL, DCAT.mediaType, DCTERMS.format, DCTERMS.conformsTo):
            wanted[name.n3()] = isinstance(graph.value(distribution, name), URIRef)
        terms = graph.value(distribution, PU["specifikace"])
        wanted["terms of use"] = (terms, RDF.type, PU["Specifikace"]) in graph
        download = str(graph.value(distribution, DCAT.downloadURL))
        wanted["a file that is there"] = (folder / download.rsplit("/", 1)[-1]).is_file()
    return [f"{path.name}: missing {name}" for name, is_there in wanted.items() if not is_there]


def in_czech(graph, subject, predicate):
    return any(isinstance(label, Literal) and label.language == "cs" for label in graph.objects(subject, predicate))


def faults_of(folder):
    """All faults of a folder. What a tool throws at broken input is a fault as well."""
    records = sorted((folder / "datove-sady").glob("*.jsonld"))
    if len(records) != len(list(folder.glob("*.csv"))) + 1:
        return [f"{len(records)} records do not describe every table and the code list"]
    checks = [csvw_faults, package_faults, code_list_faults]
    checks += [lambda folder, path=path: record_faults(folder, path) for path in records]
    found = []
    for check in checks:
        try:
            found += check(folder)
        except Exception as error:
            found.append(f"{type(error).__name__}: {str(error).splitlines()[0]}")
    return found


def replaced(name, old, new):
    def change(folder):
        path = folder / name
        text = path.read_bytes().decode("utf-8")
        assert old in text, f"{old} is not in {name}"
        path.write_bytes(text.replace(old, new, 1).encode("utf-8"))

    return change


def without_last_column(folder):
    path = folder / "stavy.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("".join(line.rsplit(",", 1)[0] + "\r\n" for line in lines), encoding="utf-8", newline="")


# Each names the check that must notice it by itself.
BREAKAGES = [
    (csvw_faults, "a number that is none", replaced("stavy.csv", ",22,", ",dvacet,")),
    (csvw_faults, "a truth value that is none", replaced("opatreni.csv", ",false,", ",ne,")),
    (csvw_faults, "a day that is none", replaced("terminy.csv", "2024-12-31", "31. 12. 2024")),
    (csvw_faults, "a foreign key that leads nowhere", replaced("terminy.csv", "I/1,", "XX/1,")),
    (csvw_faults, "a key that stands twice", replaced("stavy.csv", "NEPLNĚNO", "PLNĚNO")),
    (csvw_faults, "a missing column", without_last_column),
    (csvw_faults, "a required cell without a value", replaced("stavy.csv", ",22,", ",,")),
    (package_faults, "a number that is none", replaced("stavy.csv", ",22,", ",dvacet,")),
    (package_faults, "a foreign key that leads nowhere", replaced("terminy.csv", "I/1,", "XX/1,")),
    (package_faults, "a missing column", without_last_column),
    (package_faults, "another file than was described", replaced("opatreni.csv", "I/1,", "I/1 ,")),
    (package_faults, "an unknown type", replaced("datapackage.json", '"integer"', '"cislo"')),
    (code_list_faults, "an item of no type", replaced("ciselnik-stavu.jsonld", '"Položka"', '"Polozka"')),
    (code_list_faults, "a label in no language", replaced("ciselnik-stavu.jsonld", '"cs": "SPLNĚNO"', '"xx": "SPLNĚNO"')),
    (code_list_faults, "another code", replaced("ciselnik-stavu.jsonld", '"kód": "SPLNĚNO"', '"kód": "HOTOVO"')),
    (faults_of, "a missing record", lambda folder: (folder / "datove-sady/stavy.jsonld").unlink()),
    (faults_of, "no publisher", replaced("datove-sady/stavy.jsonld", '"poskytovatel"', '"vydavatel"')),
    (faults_of, "no terms of use", replaced("datove-sady/stavy.jsonld", '"autorské_dílo"', '"dilo"')),
    (faults_of, "another type", replaced("datove-sady/stavy.jsonld", '"Datová sada"', '"Sada"')),
    (faults_of, "no title in Czech", replaced("datove-sady/stavy.jsonld", '"název": {\n    "cs"', '"název": {\n    "en"')),
    (faults_of, "a file that is not there", replaced("datove-sady/stavy.jsonld", "stavy.csv\",\n      \"form", "x.csv\",\n      \"form")),
]


def prove(folder):
    unnoticed = []
    for check, what, change in BREAKAGES:
        with tempfile.TemporaryDirectory() as scratch:
            copy = Path(scratch) / "data"
            shutil.copytree(folder, copy)
            change(copy)
            try:
                found = check(copy)
            except Exception as error:
                found = [f"{type(error).__name__}: {error}"]
        print(f"{check.__name__}: {what}: {found[0].splitlines()[0][:100] if found else 'NOT NOTICED'}")
        if not found:
            unnoticed.append(what)
    return unnoticed


def main(arguments):
    if arguments[0] == "--prove":
        faults = prove(Path(arguments[1]))
    else:
        faults = faults_of(Path(arguments[0]))
        print(f"{arguments[0]}: {len(faults)} fault(s)")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


sys.exit(main(sys.argv[1:]))
