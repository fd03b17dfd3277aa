"""The DuckDB side of the comparison.

    duck.py copy OUT.parquet FILE.csv…             CSV to Parquet, nothing else
    duck.py scenarios DATA CALENDAR FOLDER…        the queries of scenario folders over a data folder, one after another

Both print `inner-seconds N`: the time from the open connection to the last row, without Python's own start.
"""

import glob
import json
import os
import re
import sys
import time
import tomllib

import duckdb

THREADS = 2

# Our SQL functions as macros, and the few functions of our engine that DuckDB calls otherwise.
MACROS = """
CREATE TABLE holiday AS SELECT CAST(date AS DATE) AS day, any_value(name) AS name
  FROM read_csv('{calendar}', header = true, all_varchar = true) GROUP BY 1;
CREATE TABLE listed AS SELECT DISTINCT year(day) AS y FROM holiday;
CREATE MACRO day_off(d) AS CASE WHEN d IS NULL OR year(d) NOT IN (SELECT y FROM listed) THEN NULL
  ELSE dayofweek(d) IN (0, 6) OR d IN (SELECT day FROM holiday) END;
CREATE MACRO holiday_name(d) AS (SELECT name FROM holiday WHERE day = d);
CREATE MACRO working_days_between(a, b) AS (
  SELECT count(*) FROM generate_series(a + 1, b, INTERVAL 1 DAY) AS s(d) WHERE NOT day_off(CAST(d AS DATE)));
CREATE MACRO first_digit(n) AS CAST(left(CAST(abs(n) AS VARCHAR), 1) AS BIGINT);
CREATE MACRO benford_per_10000(d) AS CAST(round(log10(1 + 1.0 / d) * 10000) AS BIGINT);
CREATE MACRO btrim(t) AS trim(t);
"""


def dated(values, day, currency):
    """`@limit(day, currency)` as a CASE: the latest value in force first. Values of one government alone are left out."""
    arms = []
    for value in sorted(values, key=lambda value: str(value["from"]), reverse=True):
        if value.get("government"):
            continue
        only = f" AND {currency} = '{value['currency']}'" if currency and value.get("currency") else ""
        arms.append(f"WHEN {day} >= DATE '{value['from']}'{only} THEN {value['value']}")
    return "CASE " + " ".join(arms) + " END"


def arguments(sql, start):
    """The arguments of the bracket that opens at `start`, and the place after it closes."""
    depth, parts, last = 0, [], start + 1
    for at in range(start, len(sql)):
        if sql[at] == "(":
            depth += 1
        elif sql[at] == ")":
            depth -= 1
            if depth == 0:
                parts.append(sql[last:at].strip())
                return parts, at + 1
        elif sql[at] == "," and depth == 1:
            parts.append(sql[last:at].strip())
            last = at + 1
    raise ValueError("a bracket does not close")


def query(folder, as_of):
    """The scenario's SELECT with its parameters and the as-of day put in."""
    with open(os.path.join(folder, "scenario.toml"), "rb") as file:
        scenario = tomllib.load(file)
    with open(os.path.join(folder, "query.sql"), encoding="utf-8") as file:
        sql = re.sub(r"--[^\n]*", "", file.read())
    sql = sql.replace("$as_of", f"DATE '{as_of}'")
    for name, parameter in scenario.get("parameters", {}).items():
        if "default" in parameter:
            sql = re.sub(rf"\${name}\b", str(parameter["default"]), sql)
            continue
        while found := re.search(rf"@{name}\s*\(", sql):
            parts, end = arguments(sql, found.end() - 1)
            case = dated(parameter["values"], parts[0], parts[1] if len(parts) > 1 else None)
            sql = sql[: found.start()] + "(" + case + ")" + sql[end:]
    return scenario["id"], list(scenario["inputs"]), sql.strip().rstrip(";")


def copy(out, files):
    con = duckdb.connect()
    start = time.monotonic()
    con.execute(f"SET threads = {THREADS}")
    listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    con.execute(
        f"COPY (SELECT * FROM read_csv([{listed}], header = true, union_by_name = true)) "
        f"TO '{out}' (FORMAT parquet, COMPRESSION zstd)"
    )
    print(f"inner-seconds {time.monotonic() - start:.6f}")
    rows = con.execute(f"SELECT count(*) FROM '{out}'").fetchone()[0]
    print(f"rows {rows}")


def parts_of(data):
    """The Parquet files of each table, as the manifests of a data folder name them."""
    tables = {}
    for manifest in glob.glob(os.path.join(data, "store", "snapshots", "*.json")):
        with open(manifest, encoding="utf-8") as file:
            snapshot = json.load(file)
        paths = [os.path.join(data, "store", "parts", part["sha256"] + ".parquet") for part in snapshot["parts"]]
        tables.setdefault(snapshot["table"], []).extend(paths)
    return tables


def scenarios(data, calendar, folders):
    con = duckdb.connect()
    con.execute(f"SET threads = {THREADS}")
    con.execute(MACROS.format(calendar=calendar))
    queries = [query(folder) for folder in folders]
    for table, parts in parts_of(data).items():
        con.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet({sorted(parts)})")
    total = 0.0
    for name, _, sql in queries:
        start = time.monotonic()
        try:
            con.execute(f"CREATE OR REPLACE TEMP TABLE found AS {sql}")
        except duckdb.Error as error:
            print(f"note {name}: DuckDB does not run it: {str(error).splitlines()[0]}")
            continue
        took = time.monotonic() - start
        total += took
        rows = con.execute("SELECT count(*) FROM found").fetchone()[0]
        print(f"query {name} {took:.4f} s {rows} rows")
    print(f"inner-seconds {total:.6f}")


match sys.argv[1]:
    case "copy":
        copy(sys.argv[2], sys.argv[3:])
    case "scenarios":
        scenarios(sys.argv[2], sys.argv[3], sys.argv[4:])
    case other:
        sys.exit(f"unknown: {other}")
