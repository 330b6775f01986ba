-- A file that somebody attached to a report. Its bytes are in the folder of the evidence.
CREATE TABLE report_attachment (
  id         TEXT     NOT NULL PRIMARY KEY,
  report     TEXT     NOT NULL REFERENCES report (id),
  at         BIGINT   NOT NULL,
  actor      TEXT     NOT NULL,
  -- 1 when whoever reported it may see it as well
  is_public  SMALLINT NOT NULL,
  name       TEXT     NOT NULL,
  media_type TEXT     NOT NULL,
  size       BIGINT   NOT NULL,
  sha256     TEXT     NOT NULL,
  -- 1 when it has Exif data, which may tell where and with what it was taken
  exif       SMALLINT NOT NULL
);
CREATE UNIQUE INDEX report_attachment_by_content ON report_attachment (report, sha256);
