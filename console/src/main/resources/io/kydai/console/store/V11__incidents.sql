-- What an operator sees as one thing: reports of one camera and rule that follow one another.
CREATE TABLE incident (
  -- the id of its first report
  id          TEXT    NOT NULL PRIMARY KEY,
  camera      TEXT    NOT NULL,
  rule_id     TEXT    NOT NULL,
  type        TEXT    NOT NULL,
  -- 1 urgent, 2 high, 3 normal
  priority    INTEGER NOT NULL,
  -- the beginnings of its first and last event
  first_at    BIGINT  NOT NULL,
  last_at     BIGINT  NOT NULL,
  -- of its last report
  received_at BIGINT  NOT NULL,
  last_report TEXT    NOT NULL,
  -- how many reports there are, and how many of them are on which of the desk's tabs
  reports     INTEGER NOT NULL,
  to_check    INTEGER NOT NULL,
  with_agency INTEGER NOT NULL,
  done        INTEGER NOT NULL,
  -- the tab that shows it: 1 to check, 2 with agency, 3 done
  tab         INTEGER NOT NULL
);
CREATE INDEX incident_by_rule ON incident (camera, rule_id, last_at);
CREATE INDEX incident_by_priority ON incident (tab, priority, id);
CREATE INDEX incident_by_tab ON incident (tab, id);

ALTER TABLE report ADD COLUMN incident TEXT;
-- Who is at work on an open report: the account or token that took the last step of the desk.
ALTER TABLE report ADD COLUMN handler TEXT;
-- What a person found, VERIFIED or REJECTED, and on which day since 1970.
ALTER TABLE report ADD COLUMN verdict TEXT;
ALTER TABLE report ADD COLUMN verdict_day BIGINT;
CREATE INDEX report_by_incident ON report (incident, id);
CREATE INDEX report_by_handler ON report (handler, id);

-- Reports of before are incidents of their own.
UPDATE report SET incident = id;
INSERT INTO incident (id, camera, rule_id, type, priority, first_at, last_at, received_at,
    last_report, reports, to_check, with_agency, done, tab)
  SELECT id, camera, rule_id, type, 3, started_at, started_at, received_at, id, 1,
    CASE WHEN state IN ('RECEIVED', 'VERIFIED', 'RETURNED') THEN 1 ELSE 0 END,
    CASE WHEN state IN ('ASSIGNED', 'IN_PROGRESS') THEN 1 ELSE 0 END,
    CASE WHEN state IN ('RESOLVED', 'REJECTED', 'CLOSED') THEN 1 ELSE 0 END,
    CASE WHEN state IN ('RECEIVED', 'VERIFIED', 'RETURNED') THEN 1
         WHEN state IN ('ASSIGNED', 'IN_PROGRESS') THEN 2
         ELSE 3 END
  FROM report;

-- How many reports of a rule people found true and false, by the day of their finding.
CREATE TABLE rule_verdict (
  camera   TEXT    NOT NULL,
  rule_id  TEXT    NOT NULL,
  day      BIGINT  NOT NULL,
  verified INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  PRIMARY KEY (camera, rule_id, day)
);
CREATE INDEX rule_verdict_by_day ON rule_verdict (day);

-- Rules whose alerts are rejected by the node until a moment.
CREATE TABLE rule_mute (
  id       TEXT   NOT NULL PRIMARY KEY,
  camera   TEXT   NOT NULL,
  rule_id  TEXT   NOT NULL,
  since    BIGINT NOT NULL,
  until    BIGINT NOT NULL,
  actor    TEXT   NOT NULL,
  reason   TEXT   NOT NULL
);
CREATE INDEX rule_mute_by_rule ON rule_mute (camera, rule_id, until);
CREATE INDEX rule_mute_by_end ON rule_mute (until);
