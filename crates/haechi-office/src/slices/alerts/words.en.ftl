exclusions-about = What was confirmed not to be asked again before a day. The engine goes on finding it; how often it was hidden is counted here.
exclusions-none = Nothing is excluded.
exclusion-why = Reason and basis
exclusion-who = Asked → approved → confirmed
exclusion-until = Until, and review
exclusion-hidden = Times hidden
exclusion-over = Over
exclusion-review-on = Review { $what }
exclusion-review-due = To be reviewed now
exclusion-keep = Keep
exclusion-end = End
exclusions-none-about = What a handler asks for and manager and audit office confirm appears here.
exclusions-expected = { $count ->
    [one] One exclusion has to be reviewed.
   *[other] { $count } exclusions have to be reviewed.
 }
