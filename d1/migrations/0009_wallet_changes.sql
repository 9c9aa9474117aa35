CREATE TABLE `wallet_changes` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`customer_id` text NOT NULL,
	`event_id` text NOT NULL,
	`at_ms` integer NOT NULL,
	`kind` text NOT NULL,
	`ticket_id` text,
	`order_id` text NOT NULL,
	`source` text NOT NULL,
	`source_seq` integer NOT NULL,
	`n` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `wallet_changes_by_customer` ON `wallet_changes` (`customer_id`,`seq`);--> statement-breakpoint
CREATE UNIQUE INDEX `wallet_changes_once` ON `wallet_changes` (`source`,`source_seq`,`n`);--> statement-breakpoint
ALTER TABLE `scans` ADD `direction` text DEFAULT 'in' NOT NULL;--> statement-breakpoint
ALTER TABLE `scans` ADD `undone_at_ms` integer;--> statement-breakpoint
CREATE INDEX `scans_by_ticket` ON `scans` (`ticket_id`,`seq`) WHERE "scans"."ticket_id" IS NOT NULL;