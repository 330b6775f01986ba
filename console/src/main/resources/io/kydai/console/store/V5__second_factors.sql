-- Second factors of accounts, and the codes that stand in for a lost one.

CREATE TABLE totp (
  account    TEXT   NOT NULL PRIMARY KEY REFERENCES account (id),
  -- base 32
  secret     TEXT   NOT NULL,
  -- the step of RFC 6238 of the code that was accepted last
  last_step  BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE recovery_code (
  account TEXT NOT NULL REFERENCES account (id),
  -- SHA-256 of the code
  hash    TEXT NOT NULL,
  PRIMARY KEY (account, hash)
);

CREATE TABLE passkey (
  id              TEXT     NOT NULL PRIMARY KEY,
  account         TEXT     NOT NULL REFERENCES account (id),
  name            TEXT     NOT NULL,
  -- base64url
  credential_id   TEXT     NOT NULL UNIQUE,
  -- attested credential data of WebAuthn, base64url
  credential      TEXT     NOT NULL,
  sign_count      BIGINT   NOT NULL,
  backup_eligible SMALLINT NOT NULL,
  -- separated by commas
  transports      TEXT     NOT NULL,
  created_at      BIGINT   NOT NULL,
  last_used_at    BIGINT
);
CREATE INDEX passkey_by_account ON passkey (account);
