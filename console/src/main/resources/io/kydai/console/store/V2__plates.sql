-- Number plates that were read of who took part, as JSON: personal data, gone with their report.
ALTER TABLE report ADD COLUMN plates TEXT NOT NULL DEFAULT '[]';
