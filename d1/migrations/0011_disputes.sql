CREATE TABLE `disputes` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`gateway` text NOT NULL,
	`currency` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`fee_minor` integer DEFAULT 0 NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`answer_by_ms` integer,
	`opened_at_ms` integer NOT NULL,
	`closed_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `disputes_by_time` ON `disputes` (`opened_at_ms`);--> statement-breakpoint
CREATE INDEX `disputes_by_order` ON `disputes` (`order_id`);