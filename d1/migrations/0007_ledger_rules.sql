-- What the database itself refuses of the ledger, whoever asks. Each refusal is RAISE(ABORT): unlike a CHECK it cannot be
-- turned into silence by INSERT OR IGNORE, and like every constraint it undoes its whole batch.
CREATE TRIGGER `ledger_transfers_enter` BEFORE INSERT ON `ledger_transfers` BEGIN
	-- The same transfer again is no news; other content under its id is refused. Asked first, because INSERT OR REPLACE
	-- would delete the row that stands without firing a trigger on DELETE.
	SELECT CASE WHEN EXISTS (
			SELECT 1 FROM `ledger_transfers` AS t WHERE t.`transfer_id` = NEW.`transfer_id`
				AND t.`phase` = NEW.`phase` AND t.`pending_id` IS NEW.`pending_id`
				AND t.`debit` = NEW.`debit` AND t.`credit` = NEW.`credit`
				AND t.`amount_minor` = NEW.`amount_minor` AND t.`unit` = NEW.`unit`
				AND t.`cause` = NEW.`cause` AND t.`order_id` IS NEW.`order_id` AND t.`reference` IS NEW.`reference` AND t.`about_id` IS NEW.`about_id`)
		THEN RAISE(IGNORE) ELSE RAISE(ABORT, 'ledger: this id stands for another transfer') END
	WHERE EXISTS (SELECT 1 FROM `ledger_transfers` WHERE `transfer_id` = NEW.`transfer_id`);
	SELECT RAISE(ABORT, 'ledger: transfers are append-only')
	WHERE EXISTS (SELECT 1 FROM `ledger_transfers` WHERE `seq` = NEW.`seq`);
	SELECT CASE
		WHEN NEW.`phase` NOT IN ('posted', 'pending', 'post', 'void') THEN RAISE(ABORT, 'ledger: unknown phase')
		WHEN typeof(NEW.`amount_minor`) <> 'integer' OR NEW.`amount_minor` NOT BETWEEN 1 AND 9007199254740991
			THEN RAISE(ABORT, 'ledger: an amount is whole, positive and safe')
		WHEN NEW.`debit` = NEW.`credit` THEN RAISE(ABORT, 'ledger: one account cannot be both sides')
		WHEN NOT EXISTS (SELECT 1 FROM `ledger_accounts` WHERE `id` = NEW.`debit`)
			OR NOT EXISTS (SELECT 1 FROM `ledger_accounts` WHERE `id` = NEW.`credit`)
			THEN RAISE(ABORT, 'ledger: unknown account')
		WHEN EXISTS (SELECT 1 FROM `ledger_accounts` WHERE `id` IN (NEW.`debit`, NEW.`credit`) AND `unit` <> NEW.`unit`)
			THEN RAISE(ABORT, 'ledger: another unit')
		WHEN NEW.`phase` IN ('posted', 'pending') AND NEW.`pending_id` IS NOT NULL
			THEN RAISE(ABORT, 'ledger: nothing is ended by this phase')
	END;
	SELECT CASE
		WHEN NOT EXISTS (
			SELECT 1 FROM `ledger_transfers` AS p WHERE p.`transfer_id` = NEW.`pending_id` AND p.`phase` = 'pending'
				AND p.`debit` = NEW.`debit` AND p.`credit` = NEW.`credit`
				AND p.`amount_minor` = NEW.`amount_minor` AND p.`unit` = NEW.`unit`)
			THEN RAISE(ABORT, 'ledger: nothing like it is pending')
		WHEN EXISTS (SELECT 1 FROM `ledger_transfers` WHERE `pending_id` = NEW.`pending_id`)
			THEN RAISE(ABORT, 'ledger: it has ended already')
	END WHERE NEW.`phase` IN ('post', 'void');
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_transfers_count` AFTER INSERT ON `ledger_transfers` BEGIN
	UPDATE `ledger_accounts` SET
		`debits_posted` = `debits_posted` + CASE WHEN NEW.`phase` IN ('posted', 'post') THEN NEW.`amount_minor` ELSE 0 END,
		`debits_pending` = `debits_pending` + CASE NEW.`phase` WHEN 'posted' THEN 0 WHEN 'pending' THEN NEW.`amount_minor` ELSE -NEW.`amount_minor` END,
		`last_seq` = NEW.`seq`
	WHERE `id` = NEW.`debit`;
	UPDATE `ledger_accounts` SET
		`credits_posted` = `credits_posted` + CASE WHEN NEW.`phase` IN ('posted', 'post') THEN NEW.`amount_minor` ELSE 0 END,
		`credits_pending` = `credits_pending` + CASE NEW.`phase` WHEN 'posted' THEN 0 WHEN 'pending' THEN NEW.`amount_minor` ELSE -NEW.`amount_minor` END,
		`last_seq` = NEW.`seq`
	WHERE `id` = NEW.`credit`;
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_transfers_open_items` AFTER INSERT ON `ledger_transfers`
WHEN NEW.`order_id` IS NOT NULL AND NEW.`phase` IN ('posted', 'post') BEGIN
	INSERT INTO `ledger_open_items` (`account_id`, `order_id`, `balance_minor`, `since_ms`)
	SELECT a.`id`, NEW.`order_id`, 0, NEW.`at_ms` FROM `ledger_accounts` AS a
	WHERE a.`id` IN (NEW.`debit`, NEW.`credit`) AND a.`is_clearing` = 1 AND NOT EXISTS (
		SELECT 1 FROM `ledger_open_items` AS o WHERE o.`account_id` = a.`id` AND o.`order_id` = NEW.`order_id`);
	UPDATE `ledger_open_items` SET `balance_minor` = `balance_minor`
		+ CASE `account_id` WHEN NEW.`credit` THEN NEW.`amount_minor` ELSE -NEW.`amount_minor` END
	WHERE `account_id` IN (NEW.`debit`, NEW.`credit`) AND `order_id` = NEW.`order_id`;
	DELETE FROM `ledger_open_items`
	WHERE `account_id` IN (NEW.`debit`, NEW.`credit`) AND `order_id` = NEW.`order_id` AND `balance_minor` = 0;
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_transfers_tally` AFTER INSERT ON `ledger_transfers`
WHEN NEW.`about_id` IS NOT NULL AND NEW.`phase` IN ('posted', 'post') BEGIN
	INSERT INTO `ledger_tallies` (`account_id`, `about_id`, `cause`, `debits_minor`, `credits_minor`)
	SELECT a.`id`, NEW.`about_id`, NEW.`cause`, 0, 0 FROM `ledger_accounts` AS a
	WHERE a.`id` IN (NEW.`debit`, NEW.`credit`) AND a.`is_clearing` = 0 AND NOT EXISTS (
		SELECT 1 FROM `ledger_tallies` AS t WHERE t.`account_id` = a.`id` AND t.`about_id` = NEW.`about_id` AND t.`cause` = NEW.`cause`);
	UPDATE `ledger_tallies` SET
		`debits_minor` = `debits_minor` + CASE `account_id` WHEN NEW.`debit` THEN NEW.`amount_minor` ELSE 0 END,
		`credits_minor` = `credits_minor` + CASE `account_id` WHEN NEW.`credit` THEN NEW.`amount_minor` ELSE 0 END
	WHERE `account_id` IN (NEW.`debit`, NEW.`credit`) AND `about_id` = NEW.`about_id` AND `cause` = NEW.`cause`;
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_transfers_pending` AFTER INSERT ON `ledger_transfers` WHEN NEW.`phase` <> 'posted' BEGIN
	INSERT INTO `ledger_pending` (`transfer_id`, `at_ms`)
	SELECT NEW.`transfer_id`, NEW.`at_ms` WHERE NEW.`phase` = 'pending';
	DELETE FROM `ledger_pending` WHERE `transfer_id` = NEW.`pending_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_transfers_stand` BEFORE UPDATE ON `ledger_transfers` BEGIN SELECT RAISE(ABORT, 'ledger: transfers are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `ledger_transfers_stay` BEFORE DELETE ON `ledger_transfers` BEGIN SELECT RAISE(ABORT, 'ledger: transfers are append-only'); END;
--> statement-breakpoint
-- An account opens empty, and opening it again changes nothing.
CREATE TRIGGER `ledger_accounts_open` BEFORE INSERT ON `ledger_accounts` BEGIN
	SELECT RAISE(IGNORE) WHERE EXISTS (SELECT 1 FROM `ledger_accounts` WHERE `id` = NEW.`id`);
	SELECT RAISE(ABORT, 'ledger: an account opens empty')
	WHERE NEW.`debits_posted` <> 0 OR NEW.`credits_posted` <> 0 OR NEW.`debits_pending` <> 0 OR NEW.`credits_pending` <> 0 OR NEW.`last_seq` <> 0;
	-- What an id promises, its row keeps, whoever opens it.
	SELECT RAISE(ABORT, 'ledger: an account is what its id says')
	WHERE NEW.`unit` <> CASE WHEN NEW.`id` = 'points/issued' OR NEW.`id` GLOB 'customer/*/points' OR NEW.`id` GLOB 'receivable/*/PTS' THEN 'PTS' ELSE substr(NEW.`id`, -3) END
		OR NEW.`is_never_negative` <> (NEW.`id` GLOB 'customer/*' OR NEW.`id` GLOB 'receivable/*')
		OR (NEW.`id` GLOB 'customer/*' AND NEW.`normal_side` <> 'credit')
		OR (NEW.`id` GLOB 'receivable/*' AND NEW.`normal_side` <> 'debit');
END;
--> statement-breakpoint
-- Sums move by a transfer that was not counted before, by exactly its amount. So no statement but an insert into
-- ledger_transfers changes a balance, and that only once a row.
CREATE TRIGGER `ledger_accounts_hold` BEFORE UPDATE ON `ledger_accounts` BEGIN
	SELECT RAISE(ABORT, 'ledger: sums follow transfers')
	WHERE NEW.`id` <> OLD.`id` OR NEW.`kind` <> OLD.`kind` OR NEW.`owner_id` <> OLD.`owner_id` OR NEW.`unit` <> OLD.`unit`
		OR NEW.`normal_side` <> OLD.`normal_side` OR NEW.`is_never_negative` <> OLD.`is_never_negative`
		OR NEW.`is_clearing` <> OLD.`is_clearing` OR NEW.`last_seq` <= OLD.`last_seq`
		OR NOT EXISTS (
			SELECT 1 FROM `ledger_transfers` AS t WHERE t.`seq` = NEW.`last_seq`
				AND NEW.`debits_posted` - OLD.`debits_posted` = CASE WHEN t.`debit` = NEW.`id` AND t.`phase` IN ('posted', 'post') THEN t.`amount_minor` ELSE 0 END
				AND NEW.`credits_posted` - OLD.`credits_posted` = CASE WHEN t.`credit` = NEW.`id` AND t.`phase` IN ('posted', 'post') THEN t.`amount_minor` ELSE 0 END
				AND NEW.`debits_pending` - OLD.`debits_pending` = CASE WHEN t.`debit` = NEW.`id` THEN CASE t.`phase` WHEN 'posted' THEN 0 WHEN 'pending' THEN t.`amount_minor` ELSE -t.`amount_minor` END ELSE 0 END
				AND NEW.`credits_pending` - OLD.`credits_pending` = CASE WHEN t.`credit` = NEW.`id` THEN CASE t.`phase` WHEN 'posted' THEN 0 WHEN 'pending' THEN t.`amount_minor` ELSE -t.`amount_minor` END ELSE 0 END
				AND NEW.`id` IN (t.`debit`, t.`credit`));
	SELECT RAISE(ABORT, 'ledger: balance too low')
	WHERE NEW.`is_never_negative` = 1 AND 0 > CASE NEW.`normal_side`
		WHEN 'credit' THEN NEW.`credits_posted` - NEW.`debits_posted` - NEW.`debits_pending`
		ELSE NEW.`debits_posted` - NEW.`credits_posted` - NEW.`credits_pending` END;
	SELECT RAISE(ABORT, 'ledger: sum out of range')
	WHERE max(NEW.`debits_posted` + NEW.`debits_pending`, NEW.`credits_posted` + NEW.`credits_pending`) > 9007199254740991;
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_accounts_stay` BEFORE DELETE ON `ledger_accounts` BEGIN SELECT RAISE(ABORT, 'ledger: accounts stay'); END;
--> statement-breakpoint
CREATE TRIGGER `ledger_requests_once` BEFORE INSERT ON `ledger_requests` WHEN EXISTS (SELECT 1 FROM `ledger_requests` WHERE `id` = NEW.`id`) BEGIN SELECT RAISE(ABORT, 'ledger: answers stand'); END;
--> statement-breakpoint
CREATE TRIGGER `ledger_requests_stand` BEFORE UPDATE ON `ledger_requests` BEGIN SELECT RAISE(ABORT, 'ledger: answers stand'); END;
--> statement-breakpoint
CREATE TRIGGER `ledger_requests_stay` BEFORE DELETE ON `ledger_requests` BEGIN SELECT RAISE(ABORT, 'ledger: answers stand'); END;
