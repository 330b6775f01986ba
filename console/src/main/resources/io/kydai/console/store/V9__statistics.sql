-- What the rules measured, in pieces of a minute and, where that is long ago, of a quarter of an
-- hour. A series is one quantity at one place, of one class and direction. ${clustered} keeps
-- SQLite's rows in the order of their key, without an index beside them.
CREATE TABLE statistic_series (
  id        INTEGER NOT NULL PRIMARY KEY,
  camera    TEXT    NOT NULL,
  rule      TEXT    NOT NULL,
  place     TEXT    NOT NULL,
  element   TEXT    NOT NULL,
  measure   TEXT    NOT NULL,
  label     TEXT    NOT NULL,
  direction TEXT    NOT NULL,
  -- the speed of free traffic in mm/s, or an area in cm², or 0
  reference BIGINT  NOT NULL,
  UNIQUE (camera, place, element, rule, measure, label, direction, reference)
);

-- Minutes since 1970-01-01 UTC at which a piece begins; the numbers are those of a Sample.
CREATE TABLE statistic_minute (
  series INTEGER NOT NULL,
  minute INTEGER NOT NULL,
  amount BIGINT  NOT NULL,
  total  BIGINT  NOT NULL,
  most   BIGINT  NOT NULL,
  PRIMARY KEY (series, minute)
)${clustered};

CREATE TABLE statistic_quarter (
  series INTEGER NOT NULL,
  minute INTEGER NOT NULL,
  amount BIGINT  NOT NULL,
  total  BIGINT  NOT NULL,
  most   BIGINT  NOT NULL,
  PRIMARY KEY (series, minute)
)${clustered};

-- The last batch that was written, by which a repeated batch is known.
CREATE TABLE statistic_batch (
  id     INTEGER NOT NULL PRIMARY KEY,
  run    TEXT    NOT NULL,
  number BIGINT  NOT NULL
);
