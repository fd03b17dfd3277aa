menu-scenarios = Scenarios
scenarios-about = Which scenarios run, and with which values. One person proposes with a reason, a second person decides; it holds from the next run on.
scenarios-none = There are no scenarios yet.
scenarios-none-about = They appear here with the first run that is received.
scenarios-all = All scenarios
scenarios-expected = { $count ->
    [one] One proposal waits for a decision.
   *[other] { $count } proposals wait for a decision.
}
scenario-expected = { $count ->
    [one] One proposal waits for a decision.
   *[other] { $count } proposals wait for a decision.
}
scenario-waiting = Proposals that wait
scenario-second = Who proposes does not decide. A second person does.
scenario-runs = Runs
scenario-on = Runs
scenario-off = Does not run
scenario-switch = Whether it runs
scenario-turn-off = Propose that it does not run
scenario-turn-on = Propose that it runs again
scenario-switch-about = Cases that are open stay open, also when it does not run.
scenario-parameters = { $count ->
    [one] One parameter
   *[other] { $count } parameters
}
scenario-parameters-head = Parameters
scenario-changed = { $count } changed
scenario-parameter = Parameter
scenario-own = The scenario’s value
scenario-decided = Our value
scenario-undecided = Not decided
scenario-used = Used by the last run
scenario-fixed = This scenario has no parameters that can be changed, or no run has told them yet.
scenario-change = Change
scenario-from-day = { $what } (from { $of })
scenario-own-again = The scenario’s value again
scenario-what = What changes
scenario-wanted = New value
scenario-proposed = Proposed by
scenario-answer = Answer
scenario-answer-hint = Who proposed it reads this.
scenario-approve = Approve
scenario-refuse = Refuse
scenario-withdraw = Withdraw
scenario-outcome-findings = Found something
scenario-outcome-clean = Nothing found
scenario-outcome-cannot-be-judged = Cannot be judged
scenario-outcome-failed = Failed
scenario-of-version = Version
scenario-cases = Cases of this scenario
scenario-when = Decided
scenario-decision = Decision
scenario-history = What was changed
scenario-never = Nothing was changed yet.
scenario-was-approved = Approved
scenario-was-refused = Refused
scenario-was-withdrawn = Withdrawn
scenario-range = { $what } to { $of }. Empty is the scenario’s value again.
scenario-no-range = There is no fixed range. Empty is the scenario’s value again.
scenario-smallest-unit = Amounts are in the currency’s smallest unit (won, pence).
scenario-new-value = New value
scenario-currency = Currency
scenario-from = From which day
scenario-reason-hint = Why. Who decides and who looks at it later reads this.
scenario-propose = Propose
scenario-propose-about = A proposal holds once a second person approved it. What was found already does not change.
scenario-severity = Severity
scenario-parameters-none = None
