CREATE TABLE `claimed_tickets` (
	`ticket_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`person_id` text NOT NULL,
	`claimed_at_ms` integer NOT NULL,
	PRIMARY KEY(`ticket_id`, `customer_id`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `claimed_tickets_by_person` ON `claimed_tickets` (`person_id`);--> statement-breakpoint
CREATE TABLE `transfer_contacts` (
	`transfer_id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`ticket_id` text NOT NULL,
	`from_customer_id` text NOT NULL,
	`address` text,
	`giver_name` text,
	`message` text,
	`created_at_ms` integer NOT NULL,
	`ends_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `transfer_contacts_by_end` ON `transfer_contacts` (`ends_at_ms`);--> statement-breakpoint
ALTER TABLE `tickets` ADD `buyer_id` text;