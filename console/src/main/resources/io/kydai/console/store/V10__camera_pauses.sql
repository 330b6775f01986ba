-- Cameras that are paused: they are neither connected to nor analysed. A row goes when the camera
-- goes on or is removed. Times are milliseconds since 1970 in UTC; a pause without an end lasts
-- until somebody ends it.
CREATE TABLE camera_pause (
  camera    TEXT   NOT NULL PRIMARY KEY,
  reason    TEXT   NOT NULL,
  paused_by TEXT   NOT NULL,
  since     BIGINT NOT NULL,
  ends      BIGINT
);
