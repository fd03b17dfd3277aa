"""Writes one CSV of N copies of the Seoul months, the department of each copy marked with its number.

    copies.py OUT.csv N FILE.csv…
"""

import csv
import io
import sys

out, copies, files = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
COLUMN = "dept_nm_full"


def rendered(row, at):
    """The row as bytes before and after the place where the copy's number goes."""
    marker = "\x00"
    row = list(row)
    row[at] += marker if row[at] else ""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(row)
    head, _, tail = text.getvalue().partition(marker)
    return head.encode(), tail.encode()


header, rows = None, []
for file in files:
    with open(file, encoding="utf-8", newline="") as months:
        reader = csv.reader(months)
        names = next(reader)
        if header is None:
            header = names
        order = [names.index(name) for name in header]
        at = header.index(COLUMN)
        rows.extend(rendered([row[place] for place in order], at) for row in reader)

with open(out, "wb", buffering=1 << 22) as target:
    target.write((",".join(header) + "\n").encode())
    for copy in range(copies):
        mark = f" {copy + 1:03}".encode()
        target.write(b"".join(head + (mark + tail if tail else b"") for head, tail in rows))
print(f"{len(rows) * copies} rows")
