CREATE TABLE `carts` (
	`owner` text PRIMARY KEY NOT NULL,
	`content` text NOT NULL,
	`version` integer NOT NULL,
	`updated_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `carts_by_age` ON `carts` (`updated_at_ms`);--> statement-breakpoint
CREATE TABLE `gift_deliveries` (
	`order_id` text PRIMARY KEY NOT NULL,
	`deliver_at_ms` integer NOT NULL,
	`queued_at_ms` integer,
	`sent_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `gifts_to_send` ON `gift_deliveries` (`deliver_at_ms`) WHERE sent_at_ms IS NULL;--> statement-breakpoint
CREATE TABLE `shop_rules_versions` (
	`business_id` text NOT NULL,
	`version` integer NOT NULL,
	`hash` text NOT NULL,
	`document` text NOT NULL,
	`status` text NOT NULL,
	`proposed_at_ms` integer NOT NULL,
	PRIMARY KEY(`business_id`, `version`),
	FOREIGN KEY (`business_id`) REFERENCES `businesses`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `products` ADD `pickup` text;