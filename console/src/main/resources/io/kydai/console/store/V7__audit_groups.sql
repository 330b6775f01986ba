-- Events that are not in the audit yet, because they are grouped into one entry with those that
-- follow: views that last, and counts of the same event. A row goes when its entry is appended.
CREATE TABLE audit_group (
  id         TEXT   NOT NULL PRIMARY KEY,
  type       TEXT   NOT NULL,
  actor_kind TEXT   NOT NULL,
  actor_id   TEXT   NOT NULL,
  actor_name TEXT   NOT NULL,
  address    TEXT,
  request    TEXT,
  camera     TEXT,
  report     TEXT,
  details    TEXT   NOT NULL,
  begun      BIGINT NOT NULL,
  last       BIGINT NOT NULL,
  events     BIGINT NOT NULL
);
