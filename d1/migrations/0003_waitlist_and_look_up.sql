CREATE TABLE `waitlist_contacts` (
	`entry_id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`type_id` text NOT NULL,
	`quantity` integer NOT NULL,
	`email` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `waitlist_contacts_by_email` ON `waitlist_contacts` (`email`,`event_id`,`type_id`);--> statement-breakpoint
ALTER TABLE `entry_links` ADD `opens_type_id` text;--> statement-breakpoint
ALTER TABLE `entry_links` ADD `opens_count` integer;--> statement-breakpoint
CREATE INDEX `orders_by_reference` ON `orders` (substr(`id`, -8));