# The report's words. Korean lies in words.ko.ftl under the same names.
# What was found is a question: no sentence accuses anybody.

# Head
report-title = Internal control report: { $what }
report-kind = Internal control report
report-is = This report looks at the records of { $what } as of { $day } and gathers what a person should look at once more.
question-title = What was found is a question.
question = Each item is a question to be answered, not an accusation. Hear the explanation and look at the records before you judge.
audit-first-warning = { $count ->
    [one] This report holds 1 item
   *[other] This report holds { $count } items
} that only the audit office may see first. Do not pass it to other units until the audit office releases them.
as-of = As of
made-at = Made at
government-code = Institution code
skip = Skip to the content
contents = Contents
to-top = Back to the top

# Contents and headings
at-a-glance = At a glance
outcomes = Outcome of each scenario
what-was-read = What was read
findings = What to look at
verify = How to verify

# Key figures
card-findings = To look at
card-at-risk = Money to be checked
card-scenarios = Scenarios
card-rows = Rows read
at-risk-note = Never added across currencies, and not a claim that it was misspent.
no-amount = No amount
about = about { $what }
rows-note = Rows that do not fit are kept with their reason, never dropped.
findings-count = { $count ->
    [one] 1 item
   *[other] { $count } items
}
scenarios-count = { $count }
rows-count = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
rejected-count = { $count } rejected
set-aside-count = { $count } set aside

severity = Severity
severity-high = High
severity-medium = Medium
severity-low = Low

outcome = Outcome
outcome-findings = Something to look at
outcome-clean = Clean
outcome-not-judged = Cannot be judged
outcome-failed = Failed

# Charts
by-scenario = By scenario
by-unit = By unit
by-month = By month
chart-scenario-description = A bar chart of how many items each scenario found. A bar leads to its scenario. The table below says the same.
chart-unit-description = A bar chart of how many items each unit is asked about. The table below says the same.
chart-month-description = A column chart of how many items lie in each month. The table below says the same.
as-table = Show as a table
count = Items
at-risk = Money to be checked
scenario = Scenario
unit = Unit
month = Month
no-unit = No unit given
other-units = { $count ->
    [one] 1 other unit
   *[other] { $count } other units
}
undated = { $count ->
    [one] 1 item without a date is not in the chart by month.
   *[other] { $count } items without a date are not in the chart by month.
}
earlier-months = { $count ->
    [one] 1 earlier item is not in the chart by month.
   *[other] { $count } earlier items are not in the chart by month.
}
total = Total
and-others = { $what } +

# Outcomes
nothing-found = There is nothing to look at.
nothing-found-clean = Clean is said only of the scenarios marked “Clean” below.
nothing-judged = No scenario could be judged. Do not read silence as clean.
not-judged-first = { $count ->
    [one] 1 scenario could not be judged. That is not the same as finding nothing.
   *[other] { $count } scenarios could not be judged. That is not the same as finding nothing.
}
outcomes-caption = Outcome of each scenario, with the reasons and the parameters used
why = Reasons and parameters
outside-calendar = { $count ->
    [one] 1 row dated in a year the working calendar does not list was not judged.
   *[other] { $count } rows dated in a year the working calendar does not list were not judged.
}
failed-with = It stopped while running ({ $what }).
from-day = from { $day }: { $what }
parameter-government = institution { $what }
no-scenarios = No scenario was run.

# What was read
nothing-read = Nothing was read. So this report says nothing.
read-caption = Rows of each file that was read
file = File
period = Period
rows-in = Rows in the file
rows-out = Rows read
rejected = Rejected
set-aside = Set aside
set-aside-note = Rows set aside are blank rows and totals. They are not data, so they do not count as rejected.
whole = Whole
reject-reasons = Why rows were rejected
reject-reasons-caption = Reasons and rows rejected
reason = Reason
files-show = { $count ->
    [one] Show 1 file
   *[other] Show { $count } files
}

# What to look at
remedy = What to do
tell-first = Whom to tell first
tell-handler = The person who handled it, then their manager, then the audit office
tell-audit = The audit office alone
deadline = Time to answer
deadline-days = { $count ->
    [one] 1 working day
   *[other] { $count } working days
}
audit-first = Audit office only, at first
audit-first-why = The person who handled it may be concerned. Do not tell the unit about the items below until the audit office releases them.
left-out = { $left ->
    [one] 1 item is
   *[other] { $left } items are
} left out here; the { $shown } with the highest severity and amount are shown. For all of them run:
amount = Amount
occurred-on = Date
person = Official
evidence = { $count ->
    [one] Evidence: 1 row
   *[other] Evidence: { $count } rows
}
evidence-caption = Rows of evidence
evidence-left-out = { $count ->
    [one] 1 row of evidence is left out here. The file and line of every row are in the output of:
   *[other] { $count } rows of evidence are left out here. The file and line of every row are in the output of:
}
place = File and line
row-unread = What the row says is not part of this report.
masked = masked
key = Item key
yes = Yes
no = No
nothing = None
unit-count = { $count }
unit-people = { $count ->
    [one] 1 person
   *[other] { $count } people
}
unit-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
unit-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
unit-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}

# Verify
verify-how = Every item in this report can be traced to a line of the file it came from. To check that the records and scenarios are still what they were, run:
verify-same = The same snapshots, scenarios and parameters give the same result on any machine.
digest-findings = SHA-256 of the findings
digest-calendar = SHA-256 of the working calendar
format-versions = Formats
format-version-values = Finding format { $finding }, run format { $run }
snapshots = Snapshots
snapshots-caption = Snapshots used
snapshot-id = Snapshot
table = Table
source = Source
rows = Rows
scenario-versions = Scenario versions
scenario-versions-caption = Scenarios used, with version and SHA-256
scenario-id = Id
scenario-version = Version
digest = SHA-256
made-by = Made by Haechi, open-source internal control for local government.
