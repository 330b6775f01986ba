-- The chain of the manifests of evidence and of the records of its deletions. A document is the
-- bytes that are signed, as they lie in its file.
CREATE TABLE evidence_manifest (
  number    BIGINT NOT NULL PRIMARY KEY,
  -- manifest or deletion
  kind      TEXT   NOT NULL,
  alert_id  TEXT   NOT NULL,
  -- when the alert's event began, milliseconds since 1970: its day is in the path of the files
  start_at  BIGINT NOT NULL,
  -- 1 for an alert's first manifest, and so on; 0 for a deletion
  number_of_alert INTEGER NOT NULL,
  sha256    TEXT   NOT NULL,
  -- what tells whether the evidence changed since: the digest of its files' names and digests
  content   TEXT   NOT NULL,
  document  TEXT   NOT NULL,
  -- Base64
  signature TEXT   NOT NULL
);
CREATE INDEX evidence_manifest_by_alert ON evidence_manifest (alert_id, number);
