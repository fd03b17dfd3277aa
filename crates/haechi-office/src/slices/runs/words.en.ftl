runs-about = One line each time the engine ran. A scenario that could not be judged is not clean.
runs-none = No run was received yet.
run-name = Run { $what }
run-number = Run
run-as-of = As of
run-received = Received
run-findings = Findings
run-new = New alerts
run-gone = Gone
run-hidden = Hidden by exclusions
run-when = As of { $what } · received { $of }
run-outcome = Outcome
run-found = { $count ->
    [one] { $count } finding
   *[other] { $count } findings
}
run-clean = Nothing found
run-failed = It could not be run ({ $what }).
run-unjudged = Cannot be judged
scenario = Scenario
runs-none-about = It appears here once the engine hands its first run in.
run-expected = { $count ->
    [one] One scenario could not be judged. Get the missing data and run again.
   *[other] { $count } scenarios could not be judged. Get the missing data and run again.
}
sources = Data and runs
sources-about = The data that the last run saw, as it stood on { $what }
sources-none = No data was seen yet.
sources-none-about = It appears here once exports were taken and a first run was made.
sources-expected = { $count ->
    [one] One table is missing or too old to judge by.
   *[other] { $count } tables are missing or too old to judge by.
}
sources-known = Data that was seen
sources-missing = Data that is missing
sources-missing-about = Scenarios could not be judged because this data is missing or too old. That does not mean that all is well.
source = Source
source-table = Standard table
source-until = Data up to
source-whole = Loaded whole
source-days-ago = { $count ->
    [one] a day ago
   *[other] { $count } days ago
}
source-old = Old
source-stale = Too old to judge by
source-snapshots = Snapshots
source-rows = Rows
source-rejected = Rows that did not fit
source-why = Why
source-why-table-missing = No data
source-why-column-missing = No column
source-why-stale = Too old
source-why-too-many-rejects = Too many rows did not fit
source-why-purged = Destroyed
source-scenarios = Scenarios not judged
task-ask = Import and detect now
task-again = Look again
task-running = A run is under way
task-begun = It has begun
task-import = Importing { $what }
task-import-of = Importing { $what } ({ $of })
task-detect = Getting ready to detect
task-detect-of = { $what } of { $of } scenarios judged
task-hand-in = Taking the findings in
task-waiting = The engine begins in a moment.
task-asked = { $what } · { $of }
task-by-clock = by the clock
task-done = The run has ended ({ $what } · { $of }).
task-run = See the run
task-failed = The run failed ({ $what } · { $of }).
task-interrupted = The run was interrupted ({ $what } · { $of }).
task-interrupted-about = Nothing was heard of the engine for two minutes. Nothing was taken in by half. It can be started again.
