-- What people are to be told of, once for each subject: an incident, or a step of a report with an
-- agency. WAITING until its clip is there; then TOLD, or DROPPED where nobody is to hear of it.
CREATE TABLE message (
  id         TEXT   NOT NULL PRIMARY KEY,
  occasion   TEXT   NOT NULL,
  subject    TEXT   NOT NULL,
  report     TEXT   NOT NULL,
  -- whose officers are to hear of it
  agency     TEXT,
  state      TEXT   NOT NULL,
  created_at BIGINT NOT NULL,
  -- when it is told at the latest, with or without a clip
  due_at     BIGINT NOT NULL,
  UNIQUE (occasion, subject)
);
CREATE INDEX message_by_state ON message (state, due_at);

-- As the table outbox, for one person by one channel.
CREATE TABLE message_outbox (
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
CREATE INDEX message_outbox_by_state ON message_outbox (state, endpoint, due_at, event);

-- By which channels a person wants messages, and when not.
CREATE TABLE message_preference (
  account         TEXT     NOT NULL PRIMARY KEY REFERENCES account (id),
  language        TEXT     NOT NULL,
  by_email        SMALLINT NOT NULL,
  by_push         SMALLINT NOT NULL,
  -- local times of the site; both or neither
  quiet_from      TEXT,
  quiet_to        TEXT,
  -- confirmed by a code that was sent there
  email           TEXT,
  pending_email   TEXT,
  -- SHA-256
  code_hash       TEXT,
  code_expires_at BIGINT,
  code_tries      INTEGER  NOT NULL,
  -- when codes were asked for, and how often since then
  codes_since     BIGINT   NOT NULL,
  codes_sent      INTEGER  NOT NULL
);

-- A browser of a person that takes Web Push.
CREATE TABLE push_subscription (
  id           TEXT   NOT NULL PRIMARY KEY,
  account      TEXT   NOT NULL REFERENCES account (id),
  -- SHA-256 of the endpoint
  endpoint_hash TEXT  NOT NULL UNIQUE,
  -- JSON with the endpoint and the browser's keys, encrypted
  secret       TEXT   NOT NULL,
  browser      TEXT   NOT NULL,
  created_at   BIGINT NOT NULL
);
CREATE INDEX push_subscription_by_account ON push_subscription (account);

-- The mail server's password and the node's key for Web Push, encrypted.
CREATE TABLE message_secret (
  name   TEXT NOT NULL PRIMARY KEY,
  secret TEXT NOT NULL
);
