-- What retention deleted. A row is written in the transaction that removes the file's row from the
-- index; the signed record that lists it follows within an hour. Times of recordings are nanoseconds
-- since 1970.
CREATE TABLE recording_deleted_file (
  id         BIGINT NOT NULL PRIMARY KEY,
  file       TEXT   NOT NULL,
  camera     TEXT   NOT NULL,
  start_at   BIGINT NOT NULL,
  end_at     BIGINT NOT NULL,
  bytes      BIGINT NOT NULL,
  -- null where it was not known
  sha256     TEXT,
  reason     TEXT   NOT NULL,
  deleted_at BIGINT NOT NULL,
  -- the number of the signed record; null up to then
  record     BIGINT
);
CREATE INDEX recording_deleted_file_by_record ON recording_deleted_file (record, id);

-- The chain of signed records. A document is the bytes that are signed, in ASCII.
CREATE TABLE recording_deletion (
  number    BIGINT NOT NULL PRIMARY KEY,
  -- milliseconds since 1970
  made_at   BIGINT NOT NULL,
  sha256    TEXT   NOT NULL,
  document  TEXT   NOT NULL,
  -- Base64
  signature TEXT   NOT NULL
);
