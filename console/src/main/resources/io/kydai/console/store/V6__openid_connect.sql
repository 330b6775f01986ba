-- Which account a person of an OpenID Connect provider has. An account is found by the provider's
-- own name of the person alone, never by a name or an address that somebody may come to own.
CREATE TABLE oidc_identity (
  issuer     TEXT   NOT NULL,
  subject    TEXT   NOT NULL,
  account    TEXT   NOT NULL UNIQUE REFERENCES account (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (issuer, subject)
);

-- How the person's identity was checked: password, passkey, oidc or first-administrator.
ALTER TABLE log_in_session ADD COLUMN method TEXT NOT NULL DEFAULT 'password';
