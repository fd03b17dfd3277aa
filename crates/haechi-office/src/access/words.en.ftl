month = Month
access-month = Accesses in { $what }
access-about = Who opened which cases that name somebody else. One person opening a case several times within an hour counts once. What is unusual comes first; it is something to ask about, not a fault.
access-due = Past months nobody has signed yet:
access-show = Show
access-people = By person
access-none = Nothing was opened this month.
access-who = Who
access-view = Views
access-reveal = Names shown
access-download = Downloads
access-night = At night (21–7)
access-off = Days off
access-unusual = unusual
access-many = many
access-reasons = Reasons for names shown and downloads
access-reasons-none = None this month.
access-reasons-cut = The newest 500 are shown.
access-when = When
access-what = What
access-whose = Whose (masked)
access-review = Review of this month
access-signed = Signed by { $what }, { $of }.
access-note = What was found (if anything)
access-sign = Sign that I looked this month through
access-not-over = A month can be signed once it is over.
access-kept = These records are kept for two years or longer. After that they go by a destruction that two people decided and not else, and each has an event in the log, so that changing or removing one shows.
case-reveal = Show names and numbers
case-reveal-hint = Say for what work; they are then shown unmasked for an hour. Who looked and why is kept and reviewed every month.
case-proof = Take the proof bundle
case-proof-hint = The case, its attachments, and the proof that they are those of the signed log. It holds personal data unmasked, so your reason is kept.
access-expected-due = { $count ->
    [one] One month has not been reviewed yet.
   *[other] { $count } months have not been reviewed yet.
}
access-expected-unusual = { $count ->
    [one] One person looked more than usual. Ask them why.
   *[other] { $count } people looked more than usual. Ask them why.
}
access-expected-nothing = Nothing has to be reviewed now.
