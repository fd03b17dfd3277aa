severity-high = important
severity-medium = medium
severity-low = minor
state-open = Everything open
state-unowned = Nobody answers for it
state-with-handler = With the handler
state-waiting = Waiting for a reply
state-with-manager = With the manager
state-with-audit = With the audit office
state-confirmed-first = Waiting for the second confirmation
state-closed = Closed
outcome-corrected = Corrected
outcome-explained = Explained
outcome-excluded = Excluded
outcome-referred = Referred
unit-none = no unit
unit-all = All units
order-due = Due first
order-newest = Newest first
order-amount = Largest amount first
case-what = Case
case-where = Unit and handler
case-amount = Amount
case-state = Stands
case-due = Due
case-late = Overdue
case-kept = audit office alone
case-outside = confirmed outside
case-gone = no longer found
case-choose = Choose
case-choose-one = Choose { $what }
case-handler = Handler
case-occurred = Happened on
case-matters = Why it matters
case-remedy = What to do
case-basis = Basis
case-waits-for = Waits for
case-kept-about = Until the audit office releases it, the handler and their unit cannot see this case: not in lists, searches, counts or messages.
case-gone-about = The last run did not find it. The case stays until somebody decides.
handler-none = nobody
basis-unconfirmed = to be confirmed
cases-count = { $count ->
    [one] { $count } case
   *[other] { $count } cases
}
cases-none = No case fits.
filter-text = Title or scenario
filter-order = Order
filter-closed = closed ones too
filter-do = Find
pages = Pages
page-of = page { $what } of { $of }
page-before = Previous
page-after = Next
bulk = Many at once
bulk-about = Each chosen case is a step and a record of its own. What is not yours to do, or stands elsewhere, stays as it is.
bulk-which = Which
bulk-ticked = Those ticked above
bulk-all = All { $count } found (at most 1,000 at once)
bulk-explain = Explain with one reason
bulk-approve = Approve
bulk-confirm = Confirm
bulk-done = { $count ->
    [one] { $count } case was done.
   *[other] { $count } cases were done.
}
bulk-left = { $count } stayed as they are
bulk-back = Back to the list
today-expected-mine = { $count ->
    [one] Today { $count } case asks for your answer.
   *[other] Today { $count } cases ask for your answer.
}
today-expected-approve = { $count ->
    [one] Today { $count } answer waits for your approval.
   *[other] Today { $count } answers wait for your approval.
}
today-expected-confirm = { $count ->
    [one] Today { $count } case waits for confirmation.
   *[other] Today { $count } cases wait for confirmation.
}
today-expected-unowned = { $count ->
    [one] Nobody answers for { $count } case. Is it your unit's?
   *[other] Nobody answers for { $count } cases. Are they your unit's?
}
today-expected-waiting = { $count ->
    [one] { $count } case waits for a reply.
   *[other] { $count } cases wait for a reply.
}
today-expected-late = { $count ->
    [one] { $count } case is overdue.
   *[other] { $count } cases are overdue.
}
today-expected-nothing = Nothing is expected of you today.
today-expected-setup = Please finish setting up.
today-is-monitoring = Today is monitoring day.
today-mine = For me to answer: { $count }
today-mine-about = Correct it, explain it, or ask for an exclusion.
today-approve = To approve: { $count }
today-approve-about = Read the answer, then approve it or send it back. Nobody approves their own.
today-confirm = To confirm: { $count }
today-confirm-about = Confirm approved answers, send them back, or refer them.
today-unowned = Nobody answers for: { $count }
today-unowned-about = An account or card is mapped to no unit, or nobody is there who could answer.
today-waiting = Waiting for a reply: { $count }
today-waiting-about = When the reply is there, open the case and go on.
today-late = Overdue: { $count }
today-late-about = Each case shows how far it has climbed.
today-more = { $count } more
due-how = { $of } working days from { $what } (first day excluded, until 18:00).
due-by-government = The government's own deadline.
due-by-scenario = The scenario's deadline.
due-by-default = The default deadline.
due-by-waiting = The day until which a reply is waited for.
due-left-out = Holidays left out:
due-own = { $what } (a day of our own)
due-worked = Days off that were worked:
why-named = The official the data names.
why-duty = Who holds this duty in that unit that day.
why-coordinator = The unit's coordinator.
why-unmapped = The data names neither a unit nor a person.
why-unknown-unit = The unit in the data is not in the organisation.
why-empty = Nobody in that unit could answer.
why-data = It is about the data, so the integrity officer has it.
why-audit-first = The audit office sees it first.
why-outside = It is about the audit office or the head, so the outside confirmer sees it first.
why-handed-over = Handed over.
why-released = Released by the audit office.
why-moved = Taken over from a handler who left the place.
gone-source = The source was corrected.
gone-rule = The rule changed.
gone-use = It is within the limits again.
gone-judged = It can be judged now.
reopened-exclusion-over = The exclusion is over and it was found again.
reopened-back = It was gone and is back.
event-opened = Opened
event-answered = Answered
event-waiting = Waits for a reply
event-resumed = Goes on
event-approved = Approved
event-returned = Sent back by the manager
event-rejected = Sent back by the audit office
event-confirmed = Confirmed
event-confirmed-first = First confirmation
event-reopened = Opened again
event-claimed = Claimed
event-handed-over = Handed over
event-released = Released
event-comment = Note
event-attached = File
event-evidence = Other rows speak for it
event-gone = No longer found
event-back = Found again
event-step = Told up the line
event-moved = Another handler
money-recovered = recovered { $what }
money-levied = levied { $what }
money-prevented = prevented { $what }
detail-basis = Basis: { $what }
detail-until = Until { $what }
detail-stand-in = done by { $what }, who stood in
detail-to = To { $what }
evidence = { $count ->
    [one] { $count } row speaks for it
   *[other] { $count } rows speak for it
}
evidence-more = { $count } more are not shown here; the proof bundle has all.
evidence-table = Data
evidence-before = The rows before
answer = Answer
answer-about = It is a question, not an accusation. Answer in one of three ways.
answer-which = How do you answer
answer-corrected = Corrected
answer-explained = Explained
answer-excluded = Exclusion
answer-text = What was done, or why it is so
answer-money = Money (if any)
answer-recovered = Recovered
answer-levied = Levied
answer-prevented = Prevented
answer-basis = Basis
answer-until = Until
answer-send = Send answer
approve = Approval
approve-do = Approve
confirm = Confirmation
confirm-do = Confirm
confirm-which = How does it end
confirm-answer = As answered
confirm-refer = Refer it
confirm-two = Closing an important case without correction takes two people.
judge-answer = The answer:
judge-note = Note
send-back = Send back
send-back-reason = What is missing
send-back-do = Send back
claim = Take it
claim-about = Nobody answers for it. If you take it, its clock begins anew.
resume = The reply is there
release = Release to the handler
release-about = The handler and their unit will see this case and their clock begins. It cannot be undone.
release-do = Release
wait = Wait for somebody else's reply
wait-for = Whose reply, to what
wait-until = Until
wait-do = Wait
hand-over = Hand over
hand-over-to = To
hand-over-number = Of another unit: employee number
hand-over-do = Hand over
reopen = Open again
reopen-do = Open again
history = What happened
steps = Up the report line
step-when = When
step-status = Status
step-told = Who was told
step-planned = planned
step-fired = told
step-acknowledged = seen
step-audit-office = the audit office
files = Files and notes
file-add = Add a file
file-hint = PDF, pictures, HWP, DOCX, XLSX, TXT, CSV. Where a picture was taken is removed.
file-do = Add
file-size = { $count } KB
comment = Note
comment-do = Add note
linked = Linked cases
linked-about = The same person, the same vendor, or the same scenario in the same unit.
recuse = Recuse yourself
recuse-about = If you have an interest in it you can keep away from this case. You will no longer see it.
recuse-do = Recuse
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
monitoring-when = Monitoring day is { $what }. The next is { $of }
monitoring-mine = { $count ->
    [one] { $count } case left for me
   *[other] { $count } cases left for me
}
monitoring-units = By unit
monitoring-rate-about = The rate is the share of cases that are answered or closed. Only cases you may see are counted.
monitoring-open = Not answered
monitoring-late = Overdue
monitoring-answered = To approve or confirm
monitoring-closed = Closed
monitoring-rate = Rate
typed-left = What you typed (not saved; copy it if you need it)
unmapped = Sources mapped to no unit
unmapped-about = What the data names is no unit and no person of the organisation, so nobody could be asked. If it is your unit's, open the case and claim it, and map the unit in the source system.
unmapped-none = Every source is mapped to a unit.
unmapped-named = Unit in the data
unmapped-count = Cases
unmapped-oldest = Oldest
unmapped-link = See sources mapped to no unit
today-to-monitoring = See what is left by unit
today-nothing = There is nothing for you to do now.
today-nothing-about = When something needs you, it appears here and in your inbox, and you are told by mail.
today-help =
    What is due first comes first. Each line opens its case.
    Due days are counted in working days, without the day you were told.
case-due-today = Due today
case-unit = Unit
case-severity = How much it matters
severity-all = All
chip = { $what }: { $of }
filter-too = Show too
cases-lead = Find the cases you may see, open them, and deal with several at once.
cases-none-about = Remove a condition and look again.
cases-all = See all open cases
bulk-reason = Reason or note
bulk-reason-hint = An explanation needs one. The same text is kept with each case.
bulk-see = See the case
bulk-next = What was dealt with goes on to the next person. What is left is still in the list.
bulk-check = Check before all of them are dealt with
bulk-check-lead = All cases that were found are dealt with at once, also those nobody has looked at one by one.
bulk-what = What is done
bulk-do = { $what }: all { $of }
change = Change
case-data = What the data show
case-rule = The rule and what it rests on
case-more = What else you can do
case-expected-answer = Please answer by { $what }.
case-expected-late = The due day has passed. Please answer today.
case-expected-approve = Please read the answer and approve or return it by { $what }.
case-expected-confirm = Please look at the approved answer and confirm or return it by { $what }.
case-expected-claim = Nobody answers for it. Please take it if it is your unit's.
case-expected-resume = It waits for a reply. Please go on once the reply is there.
case-expected-nothing = Nothing is expected of you now. The case stands at “{ $what }”.
scenario-version = version { $what }
evidence-caption = Rows that speak for it
evidence-file = File
evidence-sheet = Sheet or file within
evidence-line = Line
answer-corrected-hint = It was put right or paid back
answer-explained-hint = It is in order, for a reason
answer-excluded-hint = You ask that it is not asked again before a day
answer-text-hint = Name documents, days and amounts you checked, so that nobody has to ask again.
answer-basis-hint = The name and article of the law or rule
answer-until-hint = Between tomorrow and a year from now.
won = won
confirm-refer-hint = It goes to an investigation or another body. Say why in the note.
judge-note-hint = Needed when you refer it.
wait-until-hint = Within 60 days from when its clock began.
hand-over-choose = Choose
steps-about = After the due day the next superior is told every few working days.
files-none = No files are attached.
chip-opened = Opened in { $what }
search = Search
search-what = Find cases, units, scenarios
search-do = Find
search-about = Only what you may see is found: cases by title and scenario, units by name.
search-nothing = Nothing fits ‘{ $what }’.
search-nothing-why = Try fewer or other words. Cases you may not see are not found.
search-all = { $count ->
    [one] See the { $count } case
   *[other] See all { $count } cases
}
search-people = People
case-title = Title
case-currency = Currency
case-opened = Opened
case-closed = Closed
case-address = Address
export-xlsx = This list as a workbook
export-csv = This list as CSV
monitoring-own = Left for me
monitoring-none = There are no cases of units you may see.
case-back = Back to the list of cases
views = Saved conditions
views-about = Conditions of the list of cases that you saved. Nobody else sees them; at most twenty are kept.
views-none = No conditions are saved.
views-none-about = Choose conditions on the list of cases, then “Save these conditions”.
views-manage = Change saved conditions
view-name = Name
view-name-hint = It stands above the list under this name.
view-made = Saved
view-save = Save the conditions
view-save-these = Save these conditions
view-rename = Rename
view-remove = Remove
destroyed = Destroyed
destroyed-on = This case was destroyed on { $what }
destroyed-about = Its time was up, and two people decided. Texts, names, what was found and files are gone. It cannot be opened again.
destroyed-number = Number
destroyed-opened = Opened
destroyed-closed = Closed
destroyed-day = Destroyed on
