-- How many days each recorded camera's recordings are kept, as it was configured last: for cameras
-- that were removed.
CREATE TABLE recording_retention (
  camera TEXT   NOT NULL PRIMARY KEY,
  days   BIGINT NOT NULL
);

-- SHA-256 of a closed file in hexadecimal digits, as it was written; null where that is not known.
ALTER TABLE recording_segment ADD COLUMN sha256 TEXT;
