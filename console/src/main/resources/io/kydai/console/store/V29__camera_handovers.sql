-- Cameras whose fault was handed to somebody who mends it. A row goes when the handover ends or the
-- camera is removed; the audit keeps what was. Times are milliseconds since 1970 in UTC. `fault` is
-- the code of the fault at that time, without one where the camera was live.
CREATE TABLE camera_handover (
  camera    TEXT   NOT NULL PRIMARY KEY,
  recipient TEXT   NOT NULL,
  note      TEXT   NOT NULL,
  handed_by TEXT   NOT NULL,
  since     BIGINT NOT NULL,
  fault     TEXT
);
