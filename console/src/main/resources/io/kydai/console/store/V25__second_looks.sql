-- Reports of some types need the agreement of a second person before they are verified. While one
-- waits for it, it says who looked first.
ALTER TABLE report ADD COLUMN first_look_account TEXT;
ALTER TABLE report ADD COLUMN first_look_by TEXT;
ALTER TABLE report ADD COLUMN first_look_at BIGINT;
-- How many reports of an incident wait for it.
ALTER TABLE incident ADD COLUMN second_look INTEGER NOT NULL DEFAULT 0;
CREATE INDEX incident_by_second_look ON incident (id) WHERE second_look > 0;
