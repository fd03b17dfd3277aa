webhooks = Webhooks
webhooks-about = Other systems are told what was done in Haechi: what was done to which record, and neither personal data nor content.
webhooks-none = There is no webhook yet.
webhook-once = The secret with which signatures are checked. It is shown this once, so copy it now.
webhook-url = Address (https)
webhook-events = What to tell
webhook-events-hint = All when empty. For example: case. setting.change
webhook-all = all
webhook-state = State
webhook-sent = Last sent
webhook-active = well
webhook-failing = trying again
webhook-stopped = stopped
webhook-next = next attempt { $what }
webhook-resume = Send again
webhook-end = End
webhook-make = Set a webhook
webhooks-expected = { $count ->
    [one] One webhook is stopped. Mend the reason and resume it.
   *[other] { $count } webhooks are stopped. Mend the reason and resume them.
}
