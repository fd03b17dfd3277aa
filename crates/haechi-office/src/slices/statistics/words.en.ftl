menu-statistics = Statistics
stat-scope = Only cases that you may see are counted. Numbers and bars open the list of their cases.
stat-expected-none = No case was opened in this period.
stat-expected-well = { $count ->
    [one] { $count } case was opened in this period, and none is overdue.
   *[other] { $count } cases were opened in this period, and none is overdue.
}
stat-expected-late = { $count ->
    [one] { $count } case is overdue: please look at it first.
   *[other] { $count } cases are overdue: please look at them first.
}
stat-period = Period
stat-periods = Choose a period
stat-period-hint = Write 2026, 2026-Q4, 2026-11 or 2026-01-01..2026-09-30.
stat-this-month = This month
stat-last-month = Last month
stat-this-quarter = This quarter
stat-this-year = This year
stat-last-year = Last year
stat-unit = Unit
stat-area = Area
stat-month = Month
stat-month-of = { $what }
stat-year = Year
stat-of = Of
stat-all-scenarios = All scenarios
stat-opened = Cases opened
stat-answered-rate = Answered
stat-approved-rate = Approved
stat-confirmed-rate = Confirmed
stat-late = Overdue
stat-time-half = Time taken (half)
stat-time-most = Time taken (90 %)
stat-hours-half = Hours taken (half)
stat-hours-most = Hours taken (90 %)
stat-corrected = Corrected
stat-explained = Explained
stat-excluded = Excluded
stat-referred = Referred
stat-exclusion-rate = Excluded, share
stat-precision = Precision
stat-precision-least = Precision, low
stat-precision-most = Precision, high
stat-interval = { $what } to { $of }
stat-repeats = Repeated
stat-unmapped = Of no unit
stat-steps = Steps reported
stat-recovered = Recovered
stat-levied = Levied
stat-prevented = Prevented
stat-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
stat-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
stat-cases = { $count ->
    [one] { $count } case
   *[other] { $count } cases
}
stat-of-them-late = { $count } overdue
stat-less = { $count } fewer than in the same period last year
stat-more = { $count } more than in the same period last year
stat-same = As in the same period last year
stat-points-less = { $what } points less than in the same period last year
stat-points-more = { $what } points more than in the same period last year
stat-by-month = By month
stat-by-month-about = The month in which a case was opened.
stat-by-unit = By unit
stat-by-unit-about = The unit in which a case lies.
stat-by-scenario = By scenario
stat-by-scenario-about = Precision is the share of closed cases that were corrected or referred; beneath it stands its 95 % interval.
stat-by-area = By area
stat-by-area-about = The area of work that the data came from.
stat-in-all = In all
stat-chart-about = The number of cases opened. The table below has the same numbers.
stat-more-rows = { $count ->
    [one] { $count } row more is in the file.
   *[other] { $count } rows more are in the file.
}
stat-files = Take away
stat-file-xlsx = Workbook (XLSX)
stat-file-csv = CSV file
stat-unhandled = Unhandled cases
stat-unhandled-xlsx = Unhandled by unit, scenario and year: workbook
stat-unhandled-csv = Unhandled by unit, scenario and year: CSV
stat-unhandled-why = Reason
stat-unhandled-count = Unhandled
stat-as-of = As of { $what }, { $of }
unhandled-with-handler = The handler has not answered yet
unhandled-waiting = Waits for somebody else
unhandled-with-manager = Waits for the manager's approval
unhandled-with-audit = Waits for the audit office's confirmation
stat-how = How it is counted
stat-how-text =
    Cases that were opened in the period are counted, closed ones too.
    Answered, approved and confirmed are shares of the cases opened: the handler answered, the manager approved, the audit office confirmed and so closed it.
    Time taken is from opening to closing; half (nine in ten) of the closed cases took no longer.
    Excluded is the share of closed cases that were excluded. Precision is the share of closed cases that were corrected or referred.
    Repeated are cases in which the same scenario asked the same person again in the period. Steps reported is how often a case that was overdue was reported upwards.
    Money is what handlers wrote in their answers as recovered, levied or prevented; different currencies are never added up.
sheets = Monthly results
sheet-title = Results of { $what }
sheet-about = When a month is over the integrity officer closes its sheet, which is then sent to every unit. A closed sheet does not change.
sheet-none = No month was closed.
sheet-nothing = No case was opened in that month.
sheet-open = Not closed yet
sheet-closed-at = Closed
sheet-closed-by = Closed by
sheet-by-itself = By itself
sheet-closed = Closed { $what } ({ $of }).
sheet-expected-close = Please check the sheet of { $what } and close it.
sheet-expected-none = Nothing is expected of you here today.
sheet-expected-closed = This sheet is closed: the numbers are those of that moment.
sheet-expected-check = Please check the numbers and close the month. Every head of a unit is told then.
sheet-expected-wait = The month can be closed once it is over.
sheet-note = What you want to say with it
sheet-note-hint = It stands on the sheet. Write no personal data.
sheet-close = Close and send to every unit
area-card = Cards
area-contract = Contracts
area-hr = Personnel and pay
area-payment = Payments
area-petition = Petitions
area-revenue = Non-tax revenue
area-subsidy = Subsidies
area-system = System access
area-tax = Local tax
area-welfare = Welfare
area-office = Running internal control
