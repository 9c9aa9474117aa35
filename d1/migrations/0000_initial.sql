CREATE TABLE `businesses` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`tagline` text NOT NULL,
	`story` text NOT NULL,
	`category` text NOT NULL,
	`city` text NOT NULL,
	`country_code` text NOT NULL,
	`website` text,
	`support_email` text NOT NULL,
	`logo_key` text,
	`created_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `businesses_slug_unique` ON `businesses` (`slug`);--> statement-breakpoint
CREATE TABLE `event_rules_versions` (
	`event_id` text NOT NULL,
	`version` integer NOT NULL,
	`hash` text NOT NULL,
	`document` text NOT NULL,
	`status` text NOT NULL,
	`proposed_at_ms` integer NOT NULL,
	PRIMARY KEY(`event_id`, `version`),
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `events` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`slug` text NOT NULL,
	`business_id` text NOT NULL,
	`title` text NOT NULL,
	`summary` text NOT NULL,
	`description` text NOT NULL,
	`category` text NOT NULL,
	`venue_name` text NOT NULL,
	`venue_address` text NOT NULL,
	`city` text NOT NULL,
	`country_code` text NOT NULL,
	`latitude` real,
	`longitude` real,
	`time_zone` text NOT NULL,
	`currency` text NOT NULL,
	`starts_at_ms` integer NOT NULL,
	`ends_at_ms` integer NOT NULL,
	`hero_key` text NOT NULL,
	`poster_key` text NOT NULL,
	`preview_video_key` text,
	`terms` text NOT NULL,
	`rewards` text NOT NULL,
	`status` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	FOREIGN KEY (`business_id`) REFERENCES `businesses`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_number_unique` ON `events` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `events_slug_unique` ON `events` (`slug`);--> statement-breakpoint
CREATE INDEX `events_by_start` ON `events` (`starts_at_ms`) WHERE status = 'published';--> statement-breakpoint
CREATE TABLE `exhibitors` (
	`event_id` text NOT NULL,
	`business_id` text NOT NULL,
	`hall` text NOT NULL,
	`stand` text NOT NULL,
	`pitch` text NOT NULL,
	PRIMARY KEY(`event_id`, `business_id`),
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`business_id`) REFERENCES `businesses`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `products` (
	`id` text PRIMARY KEY NOT NULL,
	`business_id` text NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`description` text NOT NULL,
	`kind` text NOT NULL,
	`price_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`picture_key` text,
	FOREIGN KEY (`business_id`) REFERENCES `businesses`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `products_slug_unique` ON `products` (`slug`);--> statement-breakpoint
CREATE TABLE `programme_items` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`title` text NOT NULL,
	`summary` text NOT NULL,
	`kind` text NOT NULL,
	`place` text NOT NULL,
	`starts_at_ms` integer NOT NULL,
	`ends_at_ms` integer NOT NULL,
	`people` text NOT NULL,
	`ticket_type_id` text,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `programme_in_order` ON `programme_items` (`event_id`,`starts_at_ms`,`id`);--> statement-breakpoint
CREATE TABLE `reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`author_name` text NOT NULL,
	`rating` integer NOT NULL,
	`text` text NOT NULL,
	`written_at_ms` integer NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `reviews_by_event` ON `reviews` (`event_id`,`written_at_ms`);--> statement-breakpoint
CREATE TABLE `entry_links` (
	`code` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`channel` text NOT NULL,
	`label` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`visits` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `entry_links_by_event` ON `entry_links` (`event_id`,`created_at_ms`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`person_id` text NOT NULL,
	`business_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	PRIMARY KEY(`person_id`, `business_id`, `role`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text,
	`name` text,
	`created_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_email_unique` ON `people` (`email`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`user_agent` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`revoked_at_ms` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sessions_by_person` ON `sessions` (`person_id`);--> statement-breakpoint
CREATE TABLE `sign_in_links` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`spent_at_ms` integer
);
--> statement-breakpoint
CREATE TABLE `event_stock` (
	`event_id` text NOT NULL,
	`stock_id` text NOT NULL,
	`capacity` integer NOT NULL,
	`held` integer NOT NULL,
	`sold` integer NOT NULL,
	PRIMARY KEY(`event_id`, `stock_id`)
);
--> statement-breakpoint
CREATE TABLE `orders` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`state` text NOT NULL,
	`currency` text NOT NULL,
	`total_minor` integer NOT NULL,
	`quantity` integer NOT NULL,
	`captured_minor` integer NOT NULL,
	`via` text,
	`failure_code` text,
	`moved_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `orders_by_customer` ON `orders` (`customer_id`,`moved_at_ms`);--> statement-breakpoint
CREATE TABLE `projection_cursors` (
	`source` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `scans` (
	`event_id` text NOT NULL,
	`seq` integer NOT NULL,
	`at_ms` integer NOT NULL,
	`scan_id` text NOT NULL,
	`gate_id` text NOT NULL,
	`device_id` text NOT NULL,
	`staff_id` text NOT NULL,
	`method` text NOT NULL,
	`outcome` text NOT NULL,
	`reason` text NOT NULL,
	`ticket_id` text,
	`customer_id` text,
	PRIMARY KEY(`event_id`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `tickets` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`order_id` text NOT NULL,
	`type_id` text NOT NULL,
	`type_name` text NOT NULL,
	`customer_id` text NOT NULL,
	`status` text NOT NULL,
	`entries` integer NOT NULL,
	`issued_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `tickets_by_customer` ON `tickets` (`customer_id`,`issued_at_ms`);