-- The report that this one follows, since both are of one event; none where it stands alone.
ALTER TABLE report ADD COLUMN parent TEXT;
CREATE INDEX report_by_parent ON report (parent, id);
-- Finds reports of a type whose events began at about the same time.
CREATE INDEX report_by_begin ON report (type, started_at);
