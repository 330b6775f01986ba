-- What was recorded of some cameras, exported together. The archive is in the folder of cases. Times
-- are milliseconds since 1970, apart from the span, which is in nanoseconds as that of recordings.
CREATE TABLE exported_case (
  id          TEXT   NOT NULL PRIMARY KEY,
  title       TEXT   NOT NULL,
  reason      TEXT   NOT NULL,
  notes       TEXT   NOT NULL,
  from_at     BIGINT NOT NULL,
  to_at       BIGINT NOT NULL,
  actor       TEXT   NOT NULL,
  created_at  BIGINT NOT NULL,
  -- queued, running, done, failed or expired
  state       TEXT   NOT NULL,
  -- how often it was begun; a node that ends in the middle lets it begin again
  attempts    INTEGER NOT NULL,
  -- why it failed
  failure     TEXT,
  finished_at BIGINT,
  -- when its archive is removed
  expires_at  BIGINT,
  -- of the archive
  size        BIGINT,
  sha256      TEXT
);
CREATE INDEX exported_case_by_state ON exported_case (state, id);

CREATE TABLE exported_case_camera (
  exported_case TEXT    NOT NULL REFERENCES exported_case (id),
  place         INTEGER NOT NULL,
  camera        TEXT    NOT NULL,
  -- as it was called then
  name          TEXT    NOT NULL,
  PRIMARY KEY (exported_case, place)
);
CREATE INDEX exported_case_camera_by_camera ON exported_case_camera (camera);

-- Links by which somebody without an account downloads a case.
CREATE TABLE case_link (
  id             TEXT    NOT NULL PRIMARY KEY,
  exported_case  TEXT    NOT NULL REFERENCES exported_case (id),
  -- SHA-256 of the secret, which nobody but the link's holder has
  secret_hash    TEXT    NOT NULL UNIQUE,
  reason         TEXT    NOT NULL,
  actor          TEXT    NOT NULL,
  created_at     BIGINT  NOT NULL,
  expires_at     BIGINT  NOT NULL,
  most_downloads INTEGER NOT NULL,
  downloads      INTEGER NOT NULL,
  last_used_at   BIGINT,
  revoked_at     BIGINT
);
CREATE INDEX case_link_by_case ON case_link (exported_case);
