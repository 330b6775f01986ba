-- The statistics of the desk ask for the steps of a kind, and for the deadlines of a stage, within a
-- span of time.
CREATE INDEX report_step_by_action ON report_step (action, at);
CREATE INDEX report_deadline_by_begin ON report_deadline (stage, begun_at);
