-- What the node says of a step, as a code with its values in JSON, which pages word. Steps of before
-- have their sentence in 'reason' alone.
ALTER TABLE report_step ADD COLUMN note TEXT;
