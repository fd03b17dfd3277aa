"""The DuckDB side of the comparison.

    duck.py copy OUT.parquet FILE.csv…             CSV to Parquet, nothing else
    duck.py scenarios DATA CALENDAR FOLDER…        the queries of scenario folders over a data folder, one after another

Both print `inner-seconds N`: the time from the open connection to the last row, without Python's own start.
"""

import calendar
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
CREATE TABLE calendar AS SELECT day, is_off, count(*) FILTER (NOT is_off) OVER (ORDER BY day) AS working
  FROM (SELECT day, dayofweek(day) IN (0, 6) OR day IN (SELECT day FROM holiday) AS is_off
        FROM (SELECT CAST(unnest(generate_series(make_date(min(y), 1, 1), make_date(max(y), 12, 31), INTERVAL 1 DAY)) AS DATE) AS day
              FROM listed));
CREATE TABLE working_day AS SELECT working, min(day) AS day FROM calendar WHERE NOT is_off GROUP BY working;
CREATE MACRO day_off(d) AS CASE WHEN d IS NULL OR year(d) NOT IN (SELECT y FROM listed) THEN NULL
  ELSE dayofweek(d) IN (0, 6) OR d IN (SELECT day FROM holiday) END;
CREATE MACRO holiday_name(d) AS (SELECT name FROM holiday WHERE day = d);
CREATE MACRO working_days_between(a, b) AS
  (SELECT working FROM calendar WHERE day = b) - (SELECT working FROM calendar WHERE day = a);
CREATE MACRO add_working_days(d, n) AS
  (SELECT w.day FROM calendar c JOIN working_day w ON w.working = c.working + n WHERE c.day = d);
CREATE MACRO text_similarity(a, b) AS
  CAST(round((1 - levenshtein(a, b) / greatest(length(a), length(b), 1)) * 100) AS BIGINT);
CREATE MACRO to_unixtime (t TIMESTAMP) AS CAST(epoch(t) AS BIGINT), (t DATE) AS CAST(epoch(t) AS BIGINT);
CREATE MACRO make_array(a, b) AS [a, b];
CREATE MACRO as_int (x DATE) AS CAST(x - DATE '1970-01-01' AS INTEGER), (x BIGINT) AS CAST(x AS INTEGER);
CREATE MACRO as_date (x DATE) AS x, (x TIMESTAMP) AS CAST(x AS DATE), (x INTEGER) AS DATE '1970-01-01' + x;
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


# An aggregate of a plain value, which a typed macro cannot take as its argument.
AGGREGATE = re.compile(r"(first_value|max|min)\(([\w.]+(?:\([\w.]+\))?)(.*)\)", re.DOTALL)


def without_casts(sql):
    """`CAST(x AS INT)` and `CAST(x AS DATE)` as our macros, since DuckDB does not count days; the innermost first."""
    starts = [found.start() for found in re.finditer(r"\bCAST\(", sql)]
    for start in reversed(starts):
        depth = 0
        for end in range(start + 4, len(sql)):
            depth += {"(": 1, ")": -1}.get(sql[end], 0)
            if depth == 0:
                break
        inner = sql[start + 5 : end]
        for kind, macro in ((" AS INT", "as_int"), (" AS DATE", "as_date")):
            if inner.endswith(kind):
                value = inner[: -len(kind)]
                found = AGGREGATE.fullmatch(value)
                call = f"{found[1]}({macro}({found[2]}){found[3]})" if found else f"{macro}({value})"
                sql = sql[:start] + call + sql[end + 1 :]
    return sql


def query(folder, as_of_tables):
    """The scenario's SELECT with its parameters and the as-of day put in."""
    with open(os.path.join(folder, "scenario.toml"), "rb") as file:
        scenario = tomllib.load(file)
    with open(os.path.join(folder, "query.sql"), encoding="utf-8") as file:
        sql = re.sub(r"--[^\n]*", "", file.read())
    sql = sql.replace("$as_of", f"DATE '{as_of(scenario['inputs'], as_of_tables)}'")
    for name, parameter in scenario.get("parameters", {}).items():
        if "default" in parameter:
            sql = re.sub(rf"\${name}\b", str(parameter["default"]), sql)
            continue
        while found := re.search(rf"@{name}\s*\(", sql):
            parts, end = arguments(sql, found.end() - 1)
            case = dated(parameter["values"], parts[0], parts[1] if len(parts) > 1 else None)
            sql = sql[: found.start()] + "(" + case + ")" + sql[end:]
    # Our first_value is an aggregate, which DuckDB calls first.
    sql = re.sub(r"\bfirst_value\(", "first(", without_casts(sql))
    return scenario["id"], sql.strip().rstrip(";")


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


def as_of(inputs, known):
    """The last day up to which all tables of a scenario are known."""
    return min((known[table] for table in inputs if known.get(table)), default="1970-01-01")


def last_day(period):
    """The last day of a period: `2017-03`, `2017-Q2`, `2017` or `2017-03-01..2017-03-15`."""
    if ".." in period:
        return period.split("..")[1]
    year, _, part = period.partition("-")
    month = 12 if not part else 3 * int(part[1:]) if part.startswith("Q") else int(part)
    return f"{year}-{month:02}-{calendar.monthrange(int(year), month)[1]:02}"


def parts_of(data):
    """The Parquet files of each table, as the manifests of a data folder name them, and the last day each declares."""
    tables, known = {}, {}
    for manifest in glob.glob(os.path.join(data, "store", "snapshots", "*.json")):
        with open(manifest, encoding="utf-8") as file:
            snapshot = json.load(file)
        paths = [os.path.join(data, "store", "parts", part["sha256"] + ".parquet") for part in snapshot["parts"]]
        table, period = snapshot["table"], snapshot["period"]
        tables.setdefault(table, []).extend(paths)
        last = last_day(period) if period else ""
        known[table] = max(known.get(table, last), last) if last and known.get(table, last) else ""
    return tables, known


def scenarios(data, days_off, folders):
    con = duckdb.connect()
    con.execute(f"SET threads = {THREADS}")
    con.execute("SET integer_division = true")
    con.execute(MACROS.format(calendar=days_off))
    tables, known = parts_of(data)
    queries = [query(folder, known) for folder in folders]
    for table, parts in tables.items():
        con.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet({sorted(parts)})")
    total = 0.0
    for name, sql in queries:
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
