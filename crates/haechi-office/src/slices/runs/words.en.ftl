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
