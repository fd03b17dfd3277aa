-- Payments to a vendor on a day when, by the tax service's answer, it had closed or was suspended.
-- Joined on the vendor's number alone: names repeat.
WITH hit AS (
  -- A vendor may stand in the reference table more than once (several suspensions, two sources); a payment counts once.
  SELECT
    p._row, p.unit_code, p.vendor_no, p.paid_on, p.amount, p.currency, p.officer_no,
    min(CASE WHEN v.closed_on < p.paid_on THEN 'closed' ELSE 'suspended' END) AS state,
    min(CASE WHEN v.closed_on < p.paid_on THEN v.closed_on ELSE v.suspended_on END) AS since
  FROM vendor v
  JOIN payment p ON p.vendor_no = v.vendor_no
  WHERE p.amount > 0
    AND (
      -- A firm that is open today has come back, whatever day it once closed.
      (coalesce(v.status, 'closed') <> 'open' AND CAST(p.paid_on AS INT) - CAST(v.closed_on AS INT) > $grace_days)
      OR (
        CAST(p.paid_on AS INT) - CAST(v.suspended_on AS INT) > $grace_days
        AND (p.paid_on < v.resumed_on OR (v.resumed_on IS NULL AND coalesce(v.status, 'suspended') = 'suspended'))
      )
    )
  GROUP BY p._row, p.unit_code, p.vendor_no, p.paid_on, p.amount, p.currency, p.officer_no
)
SELECT
  unit_code,
  vendor_no,
  paid_on,
  paid_on AS occurred_on,
  sum(amount) AS amount,
  currency,
  CASE WHEN min(officer_no) = max(officer_no) THEN min(officer_no) END AS officer_no,
  count(*) AS fact_payments,
  min(state) AS fact_state,
  min(since) AS fact_since,
  array_agg(_row ORDER BY _row) AS evidence
FROM hit
GROUP BY unit_code, vendor_no, paid_on, currency
