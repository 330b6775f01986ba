-- The plates of reports, and by which three characters one after another they are found: '^' stands
-- for the beginning of a plate and '$' for its end. Personal data, gone with their report.
CREATE TABLE report_plate (
  report TEXT NOT NULL REFERENCES report (id),
  plate  TEXT NOT NULL,
  PRIMARY KEY (report, plate)
)${clustered};
CREATE TABLE plate_gram (
  gram   TEXT NOT NULL,
  report TEXT NOT NULL REFERENCES report (id),
  PRIMARY KEY (gram, report)
)${clustered};

-- Those of reports of before. ${plates} reads the column that has them as JSON.
INSERT INTO report_plate (report, plate) SELECT DISTINCT report, plate FROM (${plates}) AS known;
INSERT INTO plate_gram (gram, report)
  WITH RECURSIVE place (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM place WHERE i < 40)
  SELECT DISTINCT substr('^' || plate || '$', i, 3), report FROM report_plate, place
    WHERE i <= length(plate);

-- Searches that somebody gave a name, as JSON.
CREATE TABLE saved_search (
  id         TEXT   NOT NULL PRIMARY KEY,
  account    TEXT   NOT NULL REFERENCES account (id),
  name       TEXT   NOT NULL,
  filter     TEXT   NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX saved_search_by_name ON saved_search (account, name);
