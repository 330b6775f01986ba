-- Plain SQL that SQLite and PostgreSQL both read. Times are milliseconds since 1970-01-01 UTC,
-- ids of our own making are ULIDs: their order is the order of time.

-- What people said about cameras while a node ran. No definition: the camera was removed.
CREATE TABLE camera (
  id         TEXT   NOT NULL PRIMARY KEY,
  definition TEXT,
  changed_at BIGINT NOT NULL
);

CREATE TABLE report (
  id            TEXT     NOT NULL PRIMARY KEY,
  alert_id      TEXT     NOT NULL UNIQUE,
  camera        TEXT     NOT NULL,
  rule_id       TEXT     NOT NULL,
  type          TEXT     NOT NULL,
  state         TEXT     NOT NULL,
  received_at   BIGINT   NOT NULL,
  started_at    BIGINT   NOT NULL,
  last_seen_at  BIGINT   NOT NULL,
  ended_at      BIGINT,
  reason        TEXT     NOT NULL,
  measures      TEXT     NOT NULL,
  tracks        TEXT     NOT NULL,
  agency        TEXT,
  -- 1 while a clip is being made
  clip_awaited  SMALLINT NOT NULL
);
CREATE INDEX report_by_state ON report (state, id);
CREATE INDEX report_by_camera ON report (camera, id);
CREATE INDEX report_by_type ON report (type, id);

CREATE TABLE report_step (
  report TEXT    NOT NULL REFERENCES report (id),
  number INTEGER NOT NULL,
  at     BIGINT  NOT NULL,
  state  TEXT    NOT NULL,
  actor  TEXT    NOT NULL,
  reason TEXT,
  agency TEXT,
  PRIMARY KEY (report, number)
);

CREATE TABLE evidence (
  report     TEXT    NOT NULL REFERENCES report (id),
  number     INTEGER NOT NULL,
  name       TEXT    NOT NULL,
  media_type TEXT    NOT NULL,
  size       BIGINT  NOT NULL,
  sha256     TEXT    NOT NULL,
  PRIMARY KEY (report, name)
);

-- What an endpoint is still to be told (PENDING), or will never be (DEAD). Delivered rows go.
CREATE TABLE outbox (
  endpoint   TEXT    NOT NULL,
  event      TEXT    NOT NULL,
  state      TEXT    NOT NULL,
  type       TEXT    NOT NULL,
  report     TEXT    NOT NULL,
  body       TEXT    NOT NULL,
  created_at BIGINT  NOT NULL,
  attempts   INTEGER NOT NULL,
  due_at     BIGINT  NOT NULL,
  died_at    BIGINT,
  why        TEXT,
  shown      TEXT    NOT NULL,
  PRIMARY KEY (endpoint, event)
);
CREATE INDEX outbox_by_state ON outbox (endpoint, state, event);
