CREATE TABLE `event_change_orders` (
	`change_id` text NOT NULL,
	`order_id` text NOT NULL,
	`state` text NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`due_at_ms` integer NOT NULL,
	`failure_code` text,
	`amount_minor` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`change_id`, `order_id`),
	FOREIGN KEY (`change_id`) REFERENCES `event_changes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `event_change_orders_by_state` ON `event_change_orders` (`change_id`,`state`,`due_at_ms`);--> statement-breakpoint
CREATE TABLE `event_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`business_id` text NOT NULL,
	`kind` text NOT NULL,
	`started_by` text NOT NULL,
	`started_at_ms` integer NOT NULL,
	`starts_at_ms` integer,
	`ends_at_ms` integer,
	`refund_until_ms` integer,
	`catalogue_moved_at_ms` integer,
	`listed_after` text DEFAULT '' NOT NULL,
	`listed_at_ms` integer,
	`ended_at_ms` integer,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `event_cancelled_once` ON `event_changes` (`event_id`) WHERE kind = 'cancelled';--> statement-breakpoint
CREATE INDEX `event_changes_by_event` ON `event_changes` (`event_id`,`started_at_ms`);--> statement-breakpoint
CREATE INDEX `event_changes_open` ON `event_changes` (`started_at_ms`) WHERE ended_at_ms IS NULL;