-- What people write about a report.
CREATE TABLE report_comment (
  id      TEXT     NOT NULL PRIMARY KEY,
  report  TEXT     NOT NULL REFERENCES report (id),
  at      BIGINT   NOT NULL,
  actor   TEXT     NOT NULL,
  -- 1 when whoever reported it may read it as well
  is_public SMALLINT NOT NULL,
  body    TEXT     NOT NULL
);
CREATE INDEX report_comment_by_report ON report_comment (report, id);

-- What a site sets for its desk, as JSON: reject reasons, templates, agencies, routing, deadlines.
CREATE TABLE desk_setting (
  name       TEXT   NOT NULL PRIMARY KEY,
  value      TEXT   NOT NULL,
  version    BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by TEXT   NOT NULL
);
