people-grants = Roles given
people-import = Import from the personnel system
people-none = There are no units yet. Import them from the personnel system.
people-members = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
people-audits = audit office
people-empty = Nobody is in this unit. Its alerts wait in the queue of what nobody answers for.
people-link = One-time link
people-link-shown = This link is shown once. Hand it to the person yourself. It holds for a day.
person-name = Name
person-number = Employee number
person-post = Post
person-duties = Duties
person-away = away
person-acting = acting
requests = Requests for roles
requests-none = No request waits.
request-answer = Answer
request-grant = Grant
request-refuse = Refuse
grants-given = Roles given
grant-days = Days
grant-by = Given by
grant-end = End
grant-give = Give a role
grant-until = Until (empty: until it is ended)
by-installation = the installation
import-about = Paste the records and see first what would change. The import happens whole or not at all.
import-hint = Paste the JSON that `haechi records` makes. For a large government use `haechi office people`.
import-unreadable = It cannot be read at line { $what }, column { $of }.
import-records = Records
import-preview = Preview
import-take = Take in
import-would = This would change. Nothing has been changed yet.
import-done = Taken in.
import-nothing = Nothing changes.
import-units-new = New units
import-units-changed = Changed units
import-units-ended = Units that end
import-persons-new = New people
import-persons-changed = Changed people
import-left = People who leave
import-places-new = Places that begin
import-places-ended = Places that end
import-absences = Absences
stand-ins = Who stands in
stand-ins-about = Name a colleague who handles your cases while you are away. What they do is done in your name, and the record says whose hand it was. They can do what both of you may, on cases alone.
stand-ins-none = Nobody was named.
stand-in-for = For
stand-in-who = Who stands in
stand-in-name = Name who stands in
stand-in-number = Employee number of who stands in
stand-in-for-number = For whom (employee number)
stand-in-for-hint = Left empty it is yourself.
stand-in-from = First day
stand-in-to = Last day
stand-in-begin = Stand in
stand-in-end = End
stand-in-now = You stand in for { $what }.
stand-in-stop = Stop
people-lead = Open a unit to see who works there and for what. Alerts find their handlers by this table.
people-expected = { $count ->
    [one] One unit has nobody in it. Its alerts will have no handler.
   *[other] { $count } units have nobody in them. Their alerts will have no handler.
}
grants-lead = Roles of audit, internal control and administration are given by people, and who gave them why is kept. Those of heads and handlers come with their place.
grants-none = No role was given.
grant-until-hint = Left empty, until it is ended.
requests-expected = { $count ->
    [one] One request for a role waits for a decision.
   *[other] { $count } requests for roles wait for a decision.
}
request-at = Asked
request-answer-hint = Who asked sees it.
import-again = Again with other records
grant-open = from { $what }
