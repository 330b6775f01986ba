-- The page of an agency lists a state at a time, and that of an agency above many others takes the
-- newest of each of them.
CREATE INDEX report_by_agency_and_state ON report (agency, state, id);
