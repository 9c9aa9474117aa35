-- INSERT OR REPLACE deletes the row it replaces without firing a trigger on DELETE: an id is written once.
CREATE TRIGGER `audit_entries_once` BEFORE INSERT ON `audit_entries` WHEN EXISTS (SELECT 1 FROM `audit_entries` WHERE `id` = NEW.`id`) BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END;
