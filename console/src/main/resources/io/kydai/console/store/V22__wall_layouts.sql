-- A layout of the wall that somebody saved under a name. The owner is the id of an account or of a
-- token; of one owner each name is there once.
CREATE TABLE wall_layout (
  id         TEXT     NOT NULL PRIMARY KEY,
  owner      TEXT     NOT NULL,
  owner_name TEXT     NOT NULL,
  name       TEXT     NOT NULL,
  -- 1 when everybody who sees the wall may choose it
  shared     SMALLINT NOT NULL,
  tiles      TEXT     NOT NULL,
  -- the cameras' group; empty for all cameras
  of_group   TEXT     NOT NULL,
  -- the ids of cameras in the order of their tiles, separated by spaces
  cameras    TEXT     NOT NULL
);
CREATE UNIQUE INDEX wall_layout_by_name ON wall_layout (owner, name);
