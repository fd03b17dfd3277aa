haechi = Haechi
skip = Skip to content
menu = Main menu
menu-home = Today
menu-cases = Cases
menu-monitoring = Monitoring day
menu-inbox = Inbox
menu-exclusions = Exclusions
menu-runs = Runs
menu-people = People
menu-log = Log
menu-access = Access log
menu-outbox = Outbox
menu-settings = Settings
footer = An alert is a question, never an accusation.
demo-label = Demonstration
demo-day = A demonstration with an invented government. Today is { $what }
demo-next-day = One day on
demo-next-week = One week on
sign-in = Sign in
sign-out = Sign out
government = Government
login = Log-in (employee number)
password = Password
password-new = New password
password-old = Password now
password-again = New password again
password-hint = At least twelve characters. A long sentence is better than something short and complicated.
password-change = Change password
start = First sign-in
start-about = Set a password, and you are signed in.
start-set = Set password
start-gone = This link was used or is too old. Ask your administrator for a new one.
account = My account
sessions = Browsers signed in
sessions-end-all = Sign out everywhere
session-this = this browser
session-made = Signed in
session-seen = Last used
session-end = End
browser = Browser
action = Action
role = Role
roles = Roles
roles-yours = Your places and roles
roles-none = You have no place and no role yet, so you see no case. That does not mean there is none.
roles-who-grants = Who grants roles
roles-no-granter = There is no administrator yet. Tell whoever installed Haechi.
roles-asked = Asked for and not decided:
roles-ask = Ask for a role
roles-send = Ask
role-none = no role
role-official = Official
role-coordinator = Coordinator
role-manager = Head of unit
role-auditor = Auditor
role-integrity-officer = Integrity officer
role-outside-confirmer = Outside confirmer
role-inspector = Inspector
role-administrator = Administrator
role-engine = Engine
post-head = Head
post-coordinator = Coordinator
post-staff = Staff
reason = Reason
problem-code = Code: { $what }
to-home = To the first page
to-roles = See and ask for roles
value-yes = yes
value-no = no
value-count = { $count }
value-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
value-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
value-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
value-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
roles-places = Places
roles-held = Roles
roles-reason-hint = Say what work needs it.
trial-label = Trial
trial-banner = This is a trial. No mail, text message or webhook leaves.
