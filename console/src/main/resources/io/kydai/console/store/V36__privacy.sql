-- Cameras that have or had masks or blur: of one that was removed, nothing is shown to those who may
-- not see its pictures without them.
CREATE TABLE masked_camera (
  camera TEXT NOT NULL PRIMARY KEY
);

-- What is drawn into the videos of a case, and what is hidden on those of each camera (JSON as in a
-- camera's configuration; null for nothing). Cases that are older have the cameras' own pictures.
ALTER TABLE exported_case ADD COLUMN boxes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE exported_case ADD COLUMN clock INTEGER NOT NULL DEFAULT 0;
ALTER TABLE exported_case_camera ADD COLUMN hidden TEXT;
