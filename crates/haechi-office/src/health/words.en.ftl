menu-system = System health
system-about = Whether Haechi runs as it should. Nothing of a case is shown here.
system-expected-none = There is nothing for you to do. Everything runs as it should.
system-expected = { $count ->
    [one] One thing needs you. It stands first.
   *[other] { $count } things need you. They stand first.
}
system-restored = What was recorded after that is not in this installation. See on the page of the log whether the witnesses were told.
system-what = What
system-how = Now
system-standing = State
system-do = What to do
system-good = Good
system-look = Needs you
system-unknown = Not known
system-backup = Last backup
system-backup-none = None yet
system-backup-never = There has never been a backup. See to it that ‘haechi backup’ runs every day.
system-backup-old = The backup is old. See whether its timer runs.
system-backup-missing = Some attachments could not be backed up. Look at the disk and back up again.
system-backup-where = { $what } · { $of }
system-messages = Messages to leave
system-messages-waiting = { $count } waiting
system-messages-late = Some have been due for more than an hour. Look at the mail server and the text service.
system-failed = Messages that failed
system-messages-failed = { $count }
system-failed-do = See why, and send them again or give them up.
system-webhooks = Webhooks that stopped
system-webhooks-stopped = { $count }
system-webhooks-do = Look at the other side, then resume them.
system-log = Witnesses of the log
system-log-alone = None
system-log-no-witness = This installation alone vouches for its log. Ask another Haechi to be its witness.
system-log-since = Not witnessed since { $what }
system-log-witnessed = Witnesses saw all that is signed
system-log-late = No witness has signed for more than an hour. See why.
system-run = Last run received
system-run-none = None yet
system-cases = Cases
system-cases-open = { $what } open, { $of } of them overdue
system-round = Work that falls due by time
system-round-none = Not done by this program yet
system-round-do = No reminder and no mail leaves. Start Haechi again.
system-clock = The database's clock
system-clock-same = The same as this machine's
system-clock-drift = { $count ->
    [one] One second off this machine's
   *[other] { $count } seconds off this machine's
}
system-clock-do = Deadlines and times in the log are off. Look at the time synchronisation (NTP) of both machines.
system-disk = Disk
system-disk-free = { $what } of { $of } free
system-disk-do = Soon nothing can be saved. Make room.
system-tables = Tables of the database
system-tables-pending = { $count ->
    [0] Those of this version
    [one] One change is still to come
   *[other] { $count } changes are still to come
}
system-tables-do = They change when Haechi starts again. If they do not, see its log.
system-connections = Connections to the database
system-connections-open = { $what } of { $of } in use
system-memory = Memory
system-version = Version
system-version-haechi = Haechi { $what }
system-version-tables = Tables: { $what }
system-kib = { $what } KiB
system-mib = { $what } MiB
system-gib = { $what } GiB
