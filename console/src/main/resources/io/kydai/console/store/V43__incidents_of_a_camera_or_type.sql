-- The desk's lists of one camera or type: without them a page of what has seldom happened went
-- through all that is done.
CREATE INDEX incident_by_camera ON incident (camera, tab, id);
CREATE INDEX incident_by_type ON incident (type, tab, id);
CREATE INDEX incident_by_type_and_priority ON incident (type, tab, priority, id);
