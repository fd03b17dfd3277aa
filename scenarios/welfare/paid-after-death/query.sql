-- Benefits for a month after the one the beneficiary died in, paid after the day of death.
-- Persons are compared by their keyed hashes. The dead are few beside the payments, so they are looked up first, and
-- months are counted only for what was paid to them.
WITH dead AS (
  -- Two sources may give one person two days: the later one speaks for the payment, the earlier knowledge for the office.
  SELECT
    resident_no_key,
    max(died_on) AS died_on,
    min(coalesce(registered_on, reported_on)) AS known_on
  FROM death
  WHERE resident_no_key IS NOT NULL
  GROUP BY resident_no_key
),
paid AS (
  SELECT
    p._row, p.beneficiary_no, p.benefit_kind, p.paid_on, p.amount, p.currency, p.unit_code, p.officer_no,
    CAST(date_trunc('month', coalesce(p.benefit_month, p.paid_on)) AS DATE) AS benefit_month,
    d.died_on, d.known_on
  FROM dead d
  JOIN welfare_payment p ON p.resident_no_key = d.resident_no_key
  WHERE p.beneficiary_no IS NOT NULL
    AND p.amount > 0
    AND p.paid_on > d.died_on
),
counted AS (
  SELECT
    _row, beneficiary_no, benefit_kind, paid_on, amount, currency, unit_code, officer_no, benefit_month, died_on, known_on,
    (extract(year FROM benefit_month) - extract(year FROM died_on)) * 12
      + extract(month FROM benefit_month) - extract(month FROM died_on) AS months_later
  FROM paid
)
SELECT
  beneficiary_no,
  benefit_month,
  currency,
  max(paid_on) AS occurred_on,
  sum(amount) AS amount,
  CASE WHEN min(unit_code) = max(unit_code) THEN min(unit_code) END AS unit_code,
  CASE WHEN min(officer_no) = max(officer_no) THEN min(officer_no) END AS officer_no,
  count(*) AS fact_payments,
  max(died_on) AS fact_died_on,
  min(known_on) AS fact_known_on,
  count(CASE WHEN paid_on > known_on THEN 1 END) AS fact_after_known,
  array_agg(_row ORDER BY _row) AS evidence
FROM counted
WHERE months_later > @months_after(benefit_month)
  -- The funeral's benefit is paid for the dead, once, and mostly under no kind of its own.
  AND (coalesce(benefit_kind, '') <> 'other' OR months_later > $funeral_months)
GROUP BY beneficiary_no, benefit_month, currency
