-- What the folder of recordings has. The files are the truth; this is what can be asked fast. Times
-- are nanoseconds since 1970, as the files have them.
CREATE TABLE recording_segment (
  file     TEXT   NOT NULL PRIMARY KEY,
  camera   TEXT   NOT NULL,
  start_at BIGINT NOT NULL,
  end_at   BIGINT NOT NULL,
  bytes    BIGINT NOT NULL,
  -- open while it is written, closed afterwards
  state    TEXT   NOT NULL
);
CREATE INDEX recording_segment_by_camera ON recording_segment (camera, start_at);
CREATE INDEX recording_segment_by_time ON recording_segment (state, start_at);

CREATE TABLE recording_gap (
  camera  TEXT   NOT NULL,
  from_at BIGINT NOT NULL,
  to_at   BIGINT NOT NULL,
  reason  TEXT   NOT NULL,
  PRIMARY KEY (camera, from_at)
);

-- Spans that retention does not delete.
CREATE TABLE recording_hold (
  id         TEXT   NOT NULL PRIMARY KEY,
  camera     TEXT   NOT NULL,
  from_at    BIGINT NOT NULL,
  to_at      BIGINT NOT NULL,
  reason     TEXT   NOT NULL,
  actor      TEXT   NOT NULL,
  created_at BIGINT NOT NULL,
  -- null for a hold that somebody has to end
  expires_at BIGINT
);
CREATE INDEX recording_hold_by_camera ON recording_hold (camera, from_at);
