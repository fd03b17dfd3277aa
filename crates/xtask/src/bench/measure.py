"""Runs pairs of commands in turn (A B A B …) and measures each as a whole process.

Reads a plan as JSON from standard input, writes the measurements as JSON to standard output:

    {"cores": 2, "times": 5, "items": [
        {"name": "…", "runs": [{"who": "haechi", "prepare": [["rm", …]], "command": […], "log": "…"}, …]}]}

A command that prints a line `inner-seconds 1.234` reports the time of its work without the start of its interpreter.
"""

import json
import os
import subprocess
import sys
import time


def run_all(commands, log):
    """Processes one after another as if they were one: times added up, the highest peak."""
    runs = [run(command, log) for command in commands]
    total = {key: sum(one[key] for one in runs) for key in ("wall", "inner", "cpu")}
    return total | {"peak_kib": max(one["peak_kib"] for one in runs), "notes": sum((one["notes"] for one in runs), [])}


def run(command, log):
    """One process: wall and CPU seconds, peak memory in KiB, its own inner time if it says so."""
    with open(log, "wb") as out:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    with open(log, encoding="utf-8", errors="replace") as said:
        text = said.read()
    if process.returncode != 0:
        sys.exit(f"{' '.join(command[:6])} … ended with {process.returncode}:\n{text[-2000:]}")
    inner = [float(line.split()[1]) for line in text.splitlines() if line.startswith("inner-seconds ")]
    notes = [line[5:] for line in text.splitlines() if line.startswith("note ")]
    return {
        "wall": wall,
        "inner": inner[-1] if inner else wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak_kib": usage.ru_maxrss,
        "notes": notes,
    }


def main():
    plan = json.load(sys.stdin)
    cores = sorted(os.sched_getaffinity(0))[: plan["cores"]]
    os.sched_setaffinity(0, cores)
    results = []
    for item in plan["items"]:
        measured = {one["who"]: [] for one in item["runs"]}
        for turn in range(item.get("times") or plan["times"]):
            for one in item["runs"]:
                for command in one["prepare"]:
                    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
                result = run_all(one.get("commands") or [one["command"]], one["log"])
                measured[one["who"]].append(result)
                print(
                    f"{item['name']} {turn + 1} {one['who']}: {result['wall']:.3f} s, "
                    f"{result['peak_kib'] / 1024:.0f} MiB",
                    file=sys.stderr,
                    flush=True,
                )
        results.append({"name": item["name"], "runs": measured})
    json.dump(results, sys.stdout)


main()
