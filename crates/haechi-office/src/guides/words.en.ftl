guides = The day of a role
guides-about = What each of your roles does in a day, in a few words.
guide-title = Your day as { $what }
guide-away = Understood
guide-official =
    The questions for you to answer gather here under Today; what is due soonest stands first.
    Open one, look into your records, and answer: corrected, or explained with the reason.
    While you wait for somebody else's reply, say so; the due day moves with it.
    An alert is a question and no accusation. Your head reads the answer, and the audit office confirms it.
guide-coordinator =
    Questions of your unit that nobody answers for come to you.
    Take one if you can answer it, or hand it to who can.
    On the monitoring day look at how many your unit has left.
guide-manager =
    What your people answered comes up under Today. Read the answer and its files, and approve it or send it back with a reason.
    When something is late you are told first, and those above you after that.
    When a handler is away, hand the case to somebody else.
    You cannot approve what you answered yourself.
guide-auditor =
    Answers that heads approved come up under Today. Look at the grounds, and confirm or send back.
    Some cases only the audit office sees at first; release them when they may be known.
    What is of high severity and ends otherwise than corrected takes two of you.
    Once a month read the access log and sign it.
guide-integrity-officer =
    What could not be judged comes to you. Where records are missing or old, tell whoever sends them.
    On the monitoring day see what each unit has left; when the month is over, close its sheet.
    Look after sources that lead to nobody, and messages that did not leave.
guide-outside-confirmer =
    Only what is about the audit office or the head of the government comes to you.
    Read the answer and its grounds, and confirm or send back. Nobody inside can do it in your stead.
    If a case concerns you, recuse yourself before you open it.
guide-inspector =
    You see cases, runs, the log and statistics, and change nothing.
    Each figure in the statistics leads to the cases behind it.
    Whatever you look at is noted in the access log.
guide-administrator =
    What matters most is that people and roles are right. When personnel change, change it on the page People at once.
    Look at the outbox for messages that did not leave.
    Deadlines and working days are settings; a change holds from the day you choose.
    An administrator sees no case of others.
