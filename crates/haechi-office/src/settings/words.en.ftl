settings-about = Every value holds from a day on. What was counted stays as it was counted, and nothing is changed from a day that has passed.
setting-handler-days = Days for the handler (working days)
setting-handler-days-hint = Working days until the handler corrects, explains or asks for exclusion. What is set here goes before what a scenario says.
setting-manager-days = Days for the manager (working days)
setting-manager-days-hint = Working days until the manager approves an answer or sends it back.
setting-audit-days = Days for the audit office (working days)
setting-audit-days-hint = Working days until the audit office confirms an approved answer or sends it back.
setting-step-days = Days from step to step (working days)
setting-step-days-hint = Working days until what is late goes to the next person up the report line.
setting-monitoring-day = Monitoring day
setting-monitoring-day-hint = The day of the week on which what is left is looked at. 1 is Monday, 5 Friday, 7 Sunday.
setting-exclusions-many = Exclusions of one person in 90 days, above which the audit office is asked
setting-rushed-seconds = Seconds from asking for an exclusion to confirming it, under which it is asked whether it was read
setting-backlog-batch = Alerts handed out a week
setting-backlog-batch-hint = How many alerts a person gets a week from the first run on old data.
setting-second-factor = Who must use the second step
setting-second-factor-hint = Who needs a code of an app beside the password of Haechi. 0 nobody, 1 administrators, 2 administrators and those who see others' cases (auditors, integrity officers, outside confirmers), 3 everybody. Who comes by the government's own sign-in service is not asked.
setting-by-government = set by the government
setting-by-scenario = set by the scenario
setting-by-default = default
setting-value = New value ({ $what }–{ $of })
setting-from = First day
setting-scenario = For one scenario (all when empty)
setting-set = Change
setting-history = What was set
setting-holds-for = For
setting-all = All
setting-was = Value
setting-set-by = Set by
settings-values = Deadlines and limits
setting-now = Now
setting-never = It was never changed.
setting-scenario-hint = For example card.split-payment
calendar = Working days
calendar-about = Deadlines are counted in the working days of this calendar. Public holidays come with the program; days on which your government alone is off, or works, are added here. A day that is added counts for deadlines from then on; what was counted stays. The checks know public holidays alone.
calendar-own = Days of our own
calendar-none = No day was added.
calendar-add-title = Add a day
calendar-add = Add
calendar-remove = Remove
calendar-day = Day
calendar-kind = Kind
calendar-off = Day off
calendar-off-hint = A weekday on which your government is off, as the day of the city.
calendar-worked = Working day
calendar-worked-hint = A weekend or public holiday on which your government works.
calendar-own-off = our day off
calendar-own-worked = worked by us
calendar-reason-hint = It stands beside due days as you write it. At most 60 characters.
calendar-month = { $count ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
calendar-month-name = Month
calendar-working = Working days
calendar-special = Public holidays and days of our own
calendar-year = { $what }: { $of } working days
calendar-missing = The calendar does not list the public holidays of { $what }.
calendar-missing-about = Deadlines that reach that year cannot be counted. Install a version of the program that has its holidays.
