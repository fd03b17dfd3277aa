masthead = This is an official website of the government of the Republic of Korea.
menu-open = Menu
menu-group-control = Checks and records
menu-group-office = This office
theme = Colours
theme-system = As the system
theme-light = Light
theme-dark = Dark
theme-contrast = High contrast
print-by = Printed by { $what } · { $of }
close = Close
line-cut = The connection is cut. What you typed stays in this window. Send it again once you are connected.
draft-back = Text that could not be sent was brought back.
draft-drop = Drop the text that was brought back
keys = Keyboard shortcuts
keys-about = They work while you are not typing. Press ‘?’ on any page to open this table; there you can switch them off.
keys-on = Use shortcuts (clear this to switch off those of a single key)
key-help = Open this table
key-search = To the search field
key-home = To what is to be done today
key-cases = To the list of cases
key-inbox = To your inbox
key-next = Next line of a list
key-before = Line before of a list
key-pick = Pick that line
key-answer = On a case: to the answer
help = Help
help-lead = Haechi finds in a government's data what needs a look, asks the person who can tell, and has the answer confirmed by their manager and the audit office in turn.
help-question = What is an alert?
help-question-text =
    When a rule catches something in the data, it comes to you as one question. It does not say that you did wrong.
    There is often a good reason, and writing it down is all that is asked.
help-answer = How do I answer?
help-answer-text =
    Corrected: something was wrong and is put right or paid back. Say what you did and the amount.
    Explained: it is in order. Say why.
    Excluded: you ask that this is not asked again before a day. Give the basis and the day.
    If you cannot answer alone, say whom you wait for, or hand it to somebody who can answer.
help-due = How are due days counted?
help-due-text =
    In working days, without the day you were told, until 18:00 of the last. Saturdays, Sundays and public holidays are not counted.
    Each case says beneath its due day how it was counted and which days were left out.
help-climb = What happens after the due day?
help-climb-text =
    Every few working days the next superior is told. Whom and when is seen on the case, under ‘Escalation’.
help-seen = Who sees what?
help-seen-text =
    A handler sees their own cases, a manager those of their unit, the audit office those it has to confirm.
    Personal data is masked, and shown for an hour to who gives a reason. Who looked and why is recorded and reviewed each month.
help-drafts = What becomes of what I am typing?
help-drafts-text =
    If the connection is cut or the window closes before you send, your text comes back when you open the page again in the same window.
    It is kept in this window of this browser alone, and is gone once it was sent or you sign out. Text in fields for personal data is not kept.
help-ask = If you have more questions
help-ask-text = Ask the audit office about a case, the integrity officer about units and handlers, the administrator about signing in and roles.
accessibility = Accessibility
accessibility-lead = Haechi is made so that everybody can use it, whatever their device, their letter size and colours, with or without a mouse.
accessibility-aim = What we aim at
accessibility-aim-text = The Korean web content accessibility guidelines 2.2 and WCAG 2.2 AA.
accessibility-can = What you can do
accessibility-can-text =
    Do everything with the keyboard alone, and without scripts.
    Enlarge letters to 400 % or use a screen 320 pixels wide, and lose nothing.
    Choose light, dark or high contrast at the foot of the page; without a choice it follows your system.
    Have tables, forms and errors read to you by a screen reader.
accessibility-checked = How it is checked
accessibility-checked-text = Every page is tested automatically (axe) in both languages and three colours, and used with the keyboard alone, on a narrow screen and enlarged.
accessibility-limits = What is not good enough yet
accessibility-limits-text =
    Files that people attach are as accessible as they made them.
    Long codes, as the digests of the log, are hard to listen to. They can be saved as a file.
accessibility-tell = Tell us
accessibility-tell-text = Tell your government's integrity officer or administrator which page does not work for you and how, and it will be mended.
about = About Haechi
about-lead = Haechi is free software for the internal control of local government. Anybody may use it under MIT or Apache-2.0.
about-version = Version: { $what }
about-others = The work of others
about-others-text = Pages hold the following. Follow a name for its notice and terms.
about-plain = This program was built without its look (design tokens, letters, icons). It does the same.
gallery = Component gallery
gallery-tags = States and notices
gallery-errors = A form with something to change
gallery-tasks = Tasks
gallery-summary = Summary and check
gallery-forms = Forms
gallery-filters = Filters
gallery-tables = Tables and pages
gallery-stats = Numbers and progress
gallery-timeline = History and tabs
gallery-states = Done, empty, more
filter-only = Only these
