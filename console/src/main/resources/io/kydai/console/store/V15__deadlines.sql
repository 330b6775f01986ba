-- By when the stages of reports are to end. A report has at most one row that is open.
CREATE TABLE report_deadline (
  id          TEXT     NOT NULL PRIMARY KEY,
  report      TEXT     NOT NULL REFERENCES report (id),
  stage       TEXT     NOT NULL,
  rule_id     TEXT     NOT NULL,
  -- who is to act; none for the desk
  agency      TEXT,
  begun_at    BIGINT   NOT NULL,
  due_at      BIGINT   NOT NULL,
  -- the same while it is open and its clock runs
  open_due_at BIGINT,
  -- when somebody is to be reminded, or the next level to hear of it
  next_at     BIGINT,
  -- working time that is left while the clock stands
  left_ms     BIGINT,
  reminded    SMALLINT NOT NULL,
  level       INTEGER  NOT NULL,
  is_open     SMALLINT NOT NULL,
  ended_at    BIGINT
);
CREATE INDEX report_deadline_by_report ON report_deadline (report, is_open);
CREATE INDEX report_deadline_by_next ON report_deadline (next_at);
CREATE INDEX report_deadline_by_due ON report_deadline (open_due_at, id);
CREATE INDEX report_deadline_by_agency ON report_deadline (agency, open_due_at, id);

-- By when the present stage is to end, for lists; none where nothing asks for it.
ALTER TABLE report ADD COLUMN due_at BIGINT;
-- An agency's officer lists the reports of the agency.
CREATE INDEX report_by_agency ON report (agency, id);
