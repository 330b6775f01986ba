-- Who did what, in the order of the commits, without gaps. An entry's hash is the SHA-256 of the
-- previous entry's hash and of its own columns as canonical JSON (docs/audit.md). Rows are only
-- added; the retention removes the oldest ones together with a new entry that says so.
CREATE TABLE audit (
  number     BIGINT NOT NULL PRIMARY KEY,
  at         BIGINT NOT NULL,
  type       TEXT   NOT NULL,
  actor_kind TEXT   NOT NULL,
  actor_id   TEXT   NOT NULL,
  actor_name TEXT   NOT NULL,
  address    TEXT,
  request    TEXT,
  camera     TEXT,
  report     TEXT,
  reason     TEXT,
  -- canonical JSON
  details    TEXT   NOT NULL,
  -- both in lower-case hexadecimal digits
  previous   TEXT   NOT NULL,
  hash       TEXT   NOT NULL
);
CREATE INDEX audit_by_time ON audit (at, number);
CREATE INDEX audit_by_type ON audit (type, number);
CREATE INDEX audit_by_actor ON audit (actor_id, number);
CREATE INDEX audit_by_camera ON audit (camera, number);
CREATE INDEX audit_by_report ON audit (report, number);
