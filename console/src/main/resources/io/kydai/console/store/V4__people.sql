-- People, their log-ins, programs' tokens, and the areas on which rights are granted.

-- The one row changes with every change of the tables below, so that a node notices a change that
-- another process made.
CREATE TABLE people_version (
  id      INTEGER NOT NULL PRIMARY KEY,
  version BIGINT  NOT NULL
);
INSERT INTO people_version (id, version) VALUES (1, 1);

CREATE TABLE account (
  id                  TEXT     NOT NULL PRIMARY KEY,
  name                TEXT     NOT NULL,
  -- the name in lower case
  name_key            TEXT     NOT NULL UNIQUE,
  display_name        TEXT     NOT NULL,
  enabled             SMALLINT NOT NULL,
  agency              TEXT,
  -- JSON
  grants              TEXT     NOT NULL,
  -- Argon2id in PHC format; none where the person logs in elsewhere
  password            TEXT,
  password_changed_at BIGINT,
  created_at          BIGINT   NOT NULL,
  version             BIGINT   NOT NULL
);

CREATE TABLE log_in_session (
  id              TEXT   NOT NULL PRIMARY KEY,
  -- SHA-256 of the cookie
  secret_hash     TEXT   NOT NULL UNIQUE,
  account         TEXT   NOT NULL REFERENCES account (id),
  account_version BIGINT NOT NULL,
  csrf            TEXT   NOT NULL,
  created_at      BIGINT NOT NULL,
  last_used_at    BIGINT NOT NULL,
  expires_at      BIGINT NOT NULL,
  address         TEXT   NOT NULL,
  user_agent      TEXT   NOT NULL
);
CREATE INDEX log_in_session_by_account ON log_in_session (account);

CREATE TABLE api_token (
  id           TEXT   NOT NULL PRIMARY KEY,
  name         TEXT   NOT NULL,
  -- SHA-256 of the token
  secret_hash  TEXT   NOT NULL UNIQUE,
  -- JSON
  permissions  TEXT   NOT NULL,
  scope        TEXT   NOT NULL,
  created_at   BIGINT NOT NULL,
  expires_at   BIGINT,
  created_by   TEXT   NOT NULL,
  last_used_at BIGINT
);

CREATE TABLE area (
  id      TEXT NOT NULL PRIMARY KEY,
  name    TEXT NOT NULL,
  -- JSON: a list of [lat, lon]
  polygon TEXT NOT NULL
);
