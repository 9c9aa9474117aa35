CREATE TABLE `billing_details` (
	`order_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`address` text NOT NULL,
	`tax_number` text NOT NULL,
	`given_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `documents` (
	`id` text PRIMARY KEY NOT NULL,
	`seller_id` text NOT NULL,
	`kind` text NOT NULL,
	`number` integer NOT NULL,
	`order_id` text NOT NULL,
	`refers_to` text,
	`currency` text NOT NULL,
	`tax_minor` integer NOT NULL,
	`total_minor` integer NOT NULL,
	`figures` text NOT NULL,
	`seller` text NOT NULL,
	`digest` text NOT NULL,
	`supplied_at_ms` integer NOT NULL,
	`issued_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `documents_by_number` ON `documents` (`seller_id`,`kind`,`number`);--> statement-breakpoint
CREATE TABLE `seller_profiles` (
	`seller_id` text PRIMARY KEY NOT NULL,
	`legal_name` text NOT NULL,
	`address` text NOT NULL,
	`tax_number` text NOT NULL,
	`version` integer NOT NULL,
	`updated_at_ms` integer NOT NULL
);

--> statement-breakpoint
-- What the database itself refuses, whoever asks: RAISE(ABORT) undoes the whole batch, and INSERT OR IGNORE cannot silence it.
-- Asked before the insert, because INSERT OR REPLACE would delete the row that stands without firing a trigger on DELETE.
CREATE TRIGGER `documents_enter` BEFORE INSERT ON `documents` BEGIN
	SELECT RAISE(ABORT, 'documents: one stands under this id') WHERE EXISTS (SELECT 1 FROM `documents` WHERE `id` = NEW.`id`);
	-- The next of its series and no other: so numbers have no gap and no second owner.
	SELECT RAISE(ABORT, 'documents: not the next number')
	WHERE typeof(NEW.`number`) <> 'integer' OR NEW.`number` <> 1 + COALESCE((
		SELECT MAX(`number`) FROM `documents` WHERE `seller_id` = NEW.`seller_id` AND `kind` = NEW.`kind`), 0);
	SELECT RAISE(ABORT, 'documents: unknown kind') WHERE NEW.`kind` NOT IN ('invoice', 'receipt', 'credit_note');
	SELECT RAISE(ABORT, 'documents: a credit note takes from a document of its seller')
	WHERE (NEW.`kind` = 'credit_note') <> (NEW.`refers_to` IS NOT NULL) OR (NEW.`refers_to` IS NOT NULL AND NOT EXISTS (
		SELECT 1 FROM `documents` WHERE `id` = NEW.`refers_to` AND `seller_id` = NEW.`seller_id` AND `kind` <> 'credit_note'));
END;
--> statement-breakpoint
CREATE TRIGGER `documents_stand` BEFORE UPDATE ON `documents` BEGIN SELECT RAISE(ABORT, 'documents: what was issued stands'); END;
--> statement-breakpoint
CREATE TRIGGER `documents_stay` BEFORE DELETE ON `documents` BEGIN SELECT RAISE(ABORT, 'documents: what was issued stands'); END;
--> statement-breakpoint
CREATE TRIGGER `billing_details_once` BEFORE INSERT ON `billing_details` WHEN EXISTS (SELECT 1 FROM `billing_details` WHERE `order_id` = NEW.`order_id`) BEGIN SELECT RAISE(ABORT, 'documents: details are given once'); END;
--> statement-breakpoint
CREATE TRIGGER `billing_details_stand` BEFORE UPDATE ON `billing_details` BEGIN SELECT RAISE(ABORT, 'documents: details are given once'); END;
--> statement-breakpoint
CREATE TRIGGER `billing_details_stay` BEFORE DELETE ON `billing_details` BEGIN SELECT RAISE(ABORT, 'documents: details are given once'); END;
