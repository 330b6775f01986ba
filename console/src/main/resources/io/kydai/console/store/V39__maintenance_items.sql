-- Faults of cameras are maintenance items, and no work of the desk. What the desk had not decided
-- leaves it; what an agency has, and what was decided, stays as it is. Each keeps its history.
UPDATE report SET state = 'MAINTENANCE', agency = NULL, handler = NULL, parent = NULL, due_at = NULL,
    first_look_account = NULL, first_look_by = NULL, first_look_at = NULL, agreed_by = NULL,
    version = version + 1
  WHERE type IN ('signal-lost', 'tamper')
    AND state IN ('RECEIVED', 'SECOND_REVIEW', 'VERIFIED', 'RETURNED');
UPDATE report SET parent = NULL
  WHERE parent IN (SELECT id FROM report WHERE state = 'MAINTENANCE');
DELETE FROM report_deadline
  WHERE is_open = 1 AND report IN (SELECT id FROM report WHERE state = 'MAINTENANCE');

-- An incident is of one type: what is left of it are reports with an agency and decided ones.
UPDATE report SET incident = NULL WHERE state = 'MAINTENANCE';
DELETE FROM incident
  WHERE type IN ('signal-lost', 'tamper') AND with_agency = 0 AND done = 0;
UPDATE incident SET reports = with_agency + done, to_check = 0, second_look = 0,
    tab = CASE WHEN with_agency > 0 THEN 2 ELSE 3 END,
    last_report = (SELECT MAX(id) FROM report WHERE report.incident = incident.id)
  WHERE type IN ('signal-lost', 'tamper') AND to_check > 0;
