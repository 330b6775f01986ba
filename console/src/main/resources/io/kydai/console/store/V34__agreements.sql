-- Who agreed as the second person may take that back, and then the first look is waited upon again:
-- the look that was agreed to, and the account that did. None once somebody else did something.
ALTER TABLE report ADD COLUMN agreed_look_account TEXT;
ALTER TABLE report ADD COLUMN agreed_look_by TEXT;
ALTER TABLE report ADD COLUMN agreed_look_at BIGINT;
ALTER TABLE report ADD COLUMN agreed_by TEXT;
