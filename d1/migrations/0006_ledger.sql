CREATE TABLE `ledger_accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`owner_id` text NOT NULL,
	`unit` text NOT NULL,
	`normal_side` text NOT NULL,
	`is_never_negative` integer NOT NULL,
	`is_clearing` integer NOT NULL,
	`debits_posted` integer DEFAULT 0 NOT NULL,
	`credits_posted` integer DEFAULT 0 NOT NULL,
	`debits_pending` integer DEFAULT 0 NOT NULL,
	`credits_pending` integer DEFAULT 0 NOT NULL,
	`last_seq` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ledger_open_items` (
	`account_id` text NOT NULL,
	`order_id` text NOT NULL,
	`balance_minor` integer NOT NULL,
	`since_ms` integer NOT NULL,
	PRIMARY KEY(`account_id`, `order_id`)
);
--> statement-breakpoint
CREATE TABLE `ledger_pending` (
	`transfer_id` text PRIMARY KEY NOT NULL,
	`at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ledger_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`content` text NOT NULL,
	`outcome` text NOT NULL,
	`at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ledger_tallies` (
	`account_id` text NOT NULL,
	`about_id` text NOT NULL,
	`cause` text NOT NULL,
	`debits_minor` integer NOT NULL,
	`credits_minor` integer NOT NULL,
	PRIMARY KEY(`account_id`, `about_id`, `cause`)
);
--> statement-breakpoint
CREATE TABLE `ledger_transfers` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`transfer_id` text NOT NULL,
	`phase` text NOT NULL,
	`pending_id` text,
	`debit` text NOT NULL,
	`credit` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`unit` text NOT NULL,
	`cause` text NOT NULL,
	`order_id` text,
	`reference` text,
	`about_id` text,
	`at_ms` integer NOT NULL,
	FOREIGN KEY (`debit`) REFERENCES `ledger_accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`credit`) REFERENCES `ledger_accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_transfers_by_id` ON `ledger_transfers` (`transfer_id`);--> statement-breakpoint
CREATE INDEX `ledger_transfers_by_debit` ON `ledger_transfers` (`debit`,`at_ms`);--> statement-breakpoint
CREATE INDEX `ledger_transfers_by_credit` ON `ledger_transfers` (`credit`,`at_ms`);--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_transfers_by_pending` ON `ledger_transfers` (`pending_id`) WHERE pending_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `ledger_transfers_by_reference` ON `ledger_transfers` (`reference`) WHERE reference IS NOT NULL;--> statement-breakpoint
CREATE TABLE `payouts` (
	`id` text PRIMARY KEY NOT NULL,
	`business_id` text NOT NULL,
	`currency` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`state` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at_ms` integer NOT NULL,
	`settled_by` text,
	`settled_at_ms` integer,
	`reference` text
);
--> statement-breakpoint
CREATE INDEX `payouts_by_business` ON `payouts` (`business_id`,`proposed_at_ms`);--> statement-breakpoint
CREATE INDEX `payouts_by_time` ON `payouts` (`proposed_at_ms`);