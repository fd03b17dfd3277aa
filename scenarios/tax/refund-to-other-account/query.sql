-- Refunds of local tax whose account is somebody else's than the payer's, or was changed after the refund was fixed.
-- Owners and accounts are compared by keyed hashes and business numbers; none is read or shown.
WITH entry AS (
  SELECT
    r.refund_no, r.account_no_key AS paid_key, a._row AS entry_row, a.account_no_key, a.officer_no,
    coalesce(a.entered_on, CAST(a.entered_at AS DATE)) AS entered_on,
    coalesce(a.entered_at, CAST(a.entered_on AS TIMESTAMP)) AS entered_at,
    -- Papers are filed for these; whose account it is follows from them.
    coalesce(a.agent_kind, 'other') IN ('agent', 'heir', 'tax_accountant') AS authorised,
    (coalesce(a.resident_no_key <> r.resident_no_key, false) OR coalesce(a.business_no <> r.business_no, false))
      AND NOT coalesce(a.resident_no_key = r.resident_no_key, false)
      AND NOT coalesce(a.business_no = r.business_no, false) AS other_owner,
    CASE
      WHEN a.entered_at IS NOT NULL AND r.fixed_at IS NOT NULL THEN a.entered_at > r.fixed_at
      ELSE coalesce(coalesce(a.entered_on, CAST(a.entered_at AS DATE)) > r.fixed_on, false)
    END AS after_fixing
  FROM refund r
  JOIN refund_account a ON a.refund_no = r.refund_no AND a.revenue_kind = r.revenue_kind
  WHERE r.revenue_kind = 'local_tax'
    AND r.amount - coalesce(r.setoff_amount, 0) >= @floor(r.fixed_on, r.currency)
    AND (r.paid_on IS NULL OR coalesce(a.entered_on, CAST(a.entered_at AS DATE), r.paid_on) <= r.paid_on)
),
few AS (
  SELECT DISTINCT refund_no
  FROM entry
  WHERE NOT authorised AND (other_owner OR after_fixing)
),
ranked AS (
  SELECT
    e.refund_no, e.paid_key, e.account_no_key, e.officer_no, e.entered_on, e.authorised, e.other_owner, e.after_fixing,
    row_number() OVER (PARTITION BY e.refund_no ORDER BY e.entered_at DESC NULLS LAST, e.entry_row DESC) AS from_last,
    row_number() OVER (
      PARTITION BY e.refund_no, e.after_fixing ORDER BY e.entered_at DESC NULLS LAST, e.entry_row DESC
    ) AS from_last_of_its_side
  FROM few f
  JOIN entry e ON e.refund_no = f.refund_no
),
hit AS (
  -- The account paid is the one that counts; where that is not known, the last that was entered.
  SELECT refund_no, officer_no, entered_on, true AS other_owner, false AS edited
  FROM ranked
  WHERE other_owner
    AND NOT authorised
    AND (account_no_key = paid_key OR ((account_no_key IS NULL OR paid_key IS NULL) AND from_last = 1))
  UNION ALL
  -- An edit needs something to edit: the first account of a refund may come after it was fixed.
  SELECT l.refund_no, l.officer_no, l.entered_on, false AS other_owner, true AS edited
  FROM ranked l
  JOIN ranked h ON h.refund_no = l.refund_no
  WHERE l.after_fixing
    AND NOT l.authorised
    AND NOT h.after_fixing
    AND h.from_last_of_its_side = 1
    AND l.account_no_key <> h.account_no_key
),
asked AS (
  SELECT
    refund_no,
    max(other_owner) AS other_owner,
    max(edited) AS edited,
    max(entered_on) AS entered_on,
    CASE WHEN min(officer_no) = max(officer_no) AND count(officer_no) = count(*) THEN min(officer_no) END AS entered_by
  FROM hit
  GROUP BY refund_no
)
SELECT
  r.refund_no,
  max(coalesce(r.paid_on, r.fixed_on)) AS occurred_on,
  sum(r.amount - coalesce(r.setoff_amount, 0)) AS amount,
  r.currency,
  CASE WHEN min(r.unit_code) = max(r.unit_code) THEN min(r.unit_code) END AS unit_code,
  max(a.other_owner) AS fact_other_owner,
  max(a.edited) AS fact_edited,
  max(a.entered_on) AS fact_entered_on,
  max(a.entered_by) AS fact_entered_by,
  array_agg(r._row ORDER BY r._row) AS evidence
FROM asked a
JOIN refund r ON r.refund_no = a.refund_no
WHERE r.revenue_kind = 'local_tax'
GROUP BY r.refund_no, r.currency
