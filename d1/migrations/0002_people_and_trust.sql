CREATE TABLE `gate_enrolments` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`gate_id` text NOT NULL,
	`role` text NOT NULL,
	`label` text NOT NULL,
	`is_shared` integer NOT NULL,
	`ends_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`spent_at_ms` integer,
	`device_id` text,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `gate_enrolments_by_event` ON `gate_enrolments` (`event_id`,`created_at_ms`);--> statement-breakpoint
CREATE TABLE `audit_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`at_ms` integer NOT NULL,
	`action` text NOT NULL,
	`actor_id` text,
	`business_id` text,
	`subject_id` text,
	`facts` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_entries_by_time` ON `audit_entries` (`at_ms`);--> statement-breakpoint
CREATE INDEX `audit_entries_by_business` ON `audit_entries` (`business_id`,`at_ms`);--> statement-breakpoint
CREATE INDEX `audit_entries_by_actor` ON `audit_entries` (`actor_id`,`at_ms`);--> statement-breakpoint
CREATE TABLE `dead_letters` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`message` text NOT NULL,
	`why` text NOT NULL,
	`failed_at_ms` integer NOT NULL,
	`settled_at_ms` integer,
	`settled_by` text,
	`settled_as` text
);
--> statement-breakpoint
CREATE INDEX `dead_letters_open` ON `dead_letters` (`settled_at_ms`,`failed_at_ms`);--> statement-breakpoint
CREATE TABLE `poison_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`seq` integer NOT NULL,
	`entry` text NOT NULL,
	`why` text NOT NULL,
	`set_aside_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `projection_lag` (
	`source` text PRIMARY KEY NOT NULL,
	`head_seq` integer NOT NULL,
	`cursor_seq` integer NOT NULL,
	`lag_ms` integer NOT NULL,
	`measured_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `push_subscriptions` (
	`endpoint` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`p256dh` text NOT NULL,
	`auth` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `push_subscriptions_by_person` ON `push_subscriptions` (`person_id`);--> statement-breakpoint
CREATE TABLE `claimed_orders` (
	`order_id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`claimed_at_ms` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `claimed_orders_by_person` ON `claimed_orders` (`person_id`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`business_id` text NOT NULL,
	`role` text NOT NULL,
	`email` text,
	`invited_by` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`accepted_at_ms` integer,
	`revoked_at_ms` integer,
	FOREIGN KEY (`invited_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_tokenHash_unique` ON `invitations` (`token_hash`);--> statement-breakpoint
CREATE INDEX `invitations_by_business` ON `invitations` (`business_id`,`created_at_ms`);--> statement-breakpoint
CREATE TABLE `staff_pins` (
	`person_id` text NOT NULL,
	`business_id` text NOT NULL,
	`pin_digest` text NOT NULL,
	`set_at_ms` integer NOT NULL,
	PRIMARY KEY(`person_id`, `business_id`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `staff_pins_by_digest` ON `staff_pins` (`business_id`,`pin_digest`);--> statement-breakpoint
CREATE TABLE `challenges` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`channel` text NOT NULL,
	`address` text NOT NULL,
	`person_id` text,
	`browser_hash` text NOT NULL,
	`code_digest` text NOT NULL,
	`token_hash` text,
	`wrong_tries` integer DEFAULT 0 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`spent_at_ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `challenges_tokenHash_unique` ON `challenges` (`token_hash`);--> statement-breakpoint
CREATE INDEX `challenges_by_expiry` ON `challenges` (`expires_at_ms`);--> statement-breakpoint
CREATE TABLE `devices` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`name` text NOT NULL,
	`public_key` text,
	`created_at_ms` integer NOT NULL,
	`last_seen_at_ms` integer NOT NULL,
	`confirmed_at_ms` integer,
	`revoked_at_ms` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `devices_by_person` ON `devices` (`person_id`);--> statement-breakpoint
CREATE TABLE `passkeys` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`public_key` blob NOT NULL,
	`sign_count` integer NOT NULL,
	`transports` text NOT NULL,
	`name` text NOT NULL,
	`is_backed_up` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	`last_used_at_ms` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `passkeys_by_person` ON `passkeys` (`person_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`person_id` text NOT NULL,
	`device_id` text,
	`user_agent` text NOT NULL,
	`method` text NOT NULL,
	`proved_at_ms` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	`last_seen_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`previous_token_hash` text,
	`rotated_at_ms` integer NOT NULL,
	`revoked_at_ms` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`device_id`) REFERENCES `devices`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_id_unique` ON `sessions` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_previousTokenHash_unique` ON `sessions` (`previous_token_hash`);--> statement-breakpoint
CREATE INDEX `sessions_by_person` ON `sessions` (`person_id`);--> statement-breakpoint
CREATE TABLE `velocity` (
	`key` text PRIMARY KEY NOT NULL,
	`window_ends_at_ms` integer NOT NULL,
	`count` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `velocity_by_end` ON `velocity` (`window_ends_at_ms`);--> statement-breakpoint
ALTER TABLE `people` ADD `phone` text;--> statement-breakpoint
ALTER TABLE `people` ADD `locale` text;--> statement-breakpoint
ALTER TABLE `people` ADD `currency` text;--> statement-breakpoint
ALTER TABLE `people` ADD `contact_preferences` text;--> statement-breakpoint
ALTER TABLE `people` ADD `erased_at_ms` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `people_phone_unique` ON `people` (`phone`);--> statement-breakpoint
CREATE TRIGGER `audit_entries_stand` BEFORE UPDATE ON `audit_entries` BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_entries_stay` BEFORE DELETE ON `audit_entries` BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END;
