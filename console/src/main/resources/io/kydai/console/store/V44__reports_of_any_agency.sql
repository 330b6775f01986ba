-- Who may see the reports of many agencies asks for the newest that have one, while thousands that
-- nobody has looked at yet have none.
CREATE INDEX report_of_any_agency ON report (id) WHERE agency IS NOT NULL;
